import { readdir, readFile, truncate, copyFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createRng, encodeSafetensors, initialWeights, toAnalogGenie } from "@topogenie/core";
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

it(
  "a model in the layout of AnalogGenie's, whose sentences run from VSS to TRUNCATE, writes circuits",
  { timeout: 180_000 },
  async () => {
    const folder = await emptyFolder();
    const devices = ["NM", "PM", "R"].flatMap((kind) =>
      Array.from({ length: 8 }, (_, index) => [
        `${kind}${index + 1}`,
        ...(kind === "R" ? ["P", "N"] : ["D", "G", "S", "B"]).map((pin) => `${kind}${index + 1}_${pin}`),
      ]).flat(),
    );
    const words = createRng(1).shuffle(["VSS", "VDD", "VIN1", "VIN2", "VOUT1", "IB1", "TRUNCATE", ...devices]);
    const config = { layers: 1, heads: 2, width: 8, context: 200, vocabularySize: words.length, dropout: 0 };
    const weights = toAnalogGenie({ config, step: 0, tensors: initialWeights(config, 1) });
    await writeFile(join(folder, "weights.safetensors"), encodeSafetensors(weights, { format: "pt" }));
    await writeFile(join(folder, "words.json"), JSON.stringify(words));
    const imported = await run(folder, "model", "import", "weights.safetensors", "--vocabulary", "words.json", "--out", "mine");
    expect(imported.stdout).toContain("Its sentences begin with VSS");
    await writeFile(
      join(folder, "topogenie.config.yaml"),
      "corpus: { families: [opamp], maximumDevices: 8 }\nencode: { scheme: eulerian, walks: 1 }\n" +
        "train: { from: ./mine, steps: 0 }\ngenerate: { attempts: 4, temperature: 1 }\nruns: .\ntag: run\n",
    );
    const generated = await run(folder, "discover", "--to", "generate");
    expect(generated.stderr).toContain("4 attempts, 4 ended by themselves");
    const [first = ""] = (await readFile(join(folder, "run/4-generate/attempts.jsonl"), "utf8")).split("\n");
    const { tokens } = JSON.parse(first) as { tokens: string[] };
    expect([tokens[0], tokens.at(-1), tokens.includes("TRUNCATE")]).toEqual(["VSS", "VSS", false]);
  },
);
