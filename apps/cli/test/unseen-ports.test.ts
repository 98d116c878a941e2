import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { emptyFolder, run } from "./command.js";

const mirrors = fileURLToPath(new URL("../../../apps/create-plugin/templates/circuit-family/src/index.ts", import.meta.url));
const config = `
plugins: [${JSON.stringify(mirrors)}]
corpus: { families: [opamp], maximumDevices: 6 }
encode: { scheme: netlist, walks: 1, ports: families }
`;

it("has words for the ports of every family that is loaded, a plugin's among them, although no circuit has them", async () => {
  const folder = await emptyFolder({ "topogenie.config.yaml": config });
  expect((await run(folder, "discover", "--to", "encode")).code).toBe(0);
  const file = join(folder, "runs/discover/2-encode/vocabulary.json");
  const { tokens } = JSON.parse(await readFile(file, "utf8")) as { tokens: string[] };
  expect(tokens).toEqual(expect.arrayContaining(["VSS", "VIN1", "IOUT1", "VLO1", "VCLK1"]));
  expect(new Set(tokens).size).toBe(tokens.length);
}, 60_000);
