import { readdir, readFile, truncate, copyFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { emptyFolder, run } from "./command.js";

const weights = join(import.meta.dirname, "../../../packages/model/test/fixtures/analoggenie.pth");

it("model import makes a checkpoint of PyTorch's weights, and model export gives them back", { timeout: 180_000 }, async () => {
  const folder = await emptyFolder();
  const imported = await run(folder, "model", "import", weights, "--out", "mine");
  expect(imported.code).toBe(0);
  expect(imported.stdout).toContain("layout analoggenie: 2 layers, 2 heads, 8 wide, context 12, vocabulary 9");
  expect(imported.stdout).toContain("cannot write circuits");
  expect((await readdir(join(folder, "mine"))).sort()).toEqual(["checkpoint.json", "weights.safetensors"]);
  expect((await run(folder, "model", "export", "mine", "--format", "analoggenie", "--out", "out.safetensors")).code).toBe(0);
  const again = await run(folder, "model", "import", "out.safetensors", "--out", "again");
  expect(again.code).toBe(0);
  const [one, other] = await Promise.all(["mine", "again"].map((name) => readFile(join(folder, name, "weights.safetensors"))));
  expect(one?.equals(other as Buffer)).toBe(true);
});

it("model import of a torn file names it, says what to do and writes nothing", { timeout: 60_000 }, async () => {
  const folder = await emptyFolder();
  await copyFile(weights, join(folder, "torn.pth"));
  await truncate(join(folder, "torn.pth"), 5000);
  const refused = await run(folder, "model", "import", "torn.pth", "--out", "mine");
  expect(refused.code).toBe(2);
  expect(refused.stderr).toMatch(/WEIGHTS_FILE_INVALID.*torn\.pth cannot be read as weights.*copy it again/);
  expect(await readdir(folder)).toEqual(["torn.pth"]);
});
