/**
 * Logits of imported and exported models beside PyTorch's: npm run parity:pytorch [-- python3]
 *
 * PyTorch makes networks of AnalogGenie's size with random weights, saves them (.pth and safetensors) and computes a sentence's
 * logits; they are imported, and exported again as ONNX, and must give the same to 1e-4. Needs built packages and a Python with
 * torch (Debian: python3-torch).
 */
import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { batchOf, encodeSafetensors, importWeights, toAnalogGenie } from "@topogenie/core";
import { createOnnxBackend, exportOnnx } from "@topogenie/model";
import { InferenceSession, Tensor } from "onnxruntime-node";

const LIMIT = 1e-4;
const python = process.argv[2] ?? "/usr/bin/python3";
const folder = await mkdtemp(join(tmpdir(), "topogenie-parity-"));
try {
  const script = fileURLToPath(new URL("pytorch/make_weights.py", import.meta.url));
  execFileSync(python, [script, folder, "reference"], { stdio: ["ignore", "inherit", "inherit"] });
} catch (error) {
  console.error(`${python} with torch is needed (Debian: python3-torch): ${error.message.split("\n")[0]}`);
  process.exit(2);
}
const { tokens, logits } = JSON.parse(await readFile(join(folder, "expected.json"), "utf8"));
const backend = await createOnnxBackend({ threads: 2 });
console.log("weights                    largest logit   largest difference from PyTorch: imported   exported as ONNX");
let worst = 0;
for (const file of ["analoggenie.pth", "analoggenie.safetensors", "nanogpt.pth", "nanogpt-bias.pth"]) {
  const expected = logits[file.replace(/\..*/, "")];
  const { state } = await importWeights(join(folder, file));
  const model = await backend.load(state);
  const length = tokens.length;
  const imported = await model.logits(batchOf([[Int32Array.from([...tokens, 0])]], 1, length));
  const session = await InferenceSession.create(exportOnnx(state, []));
  const feeds = { tokens: new Tensor("int64", BigInt64Array.from(tokens, BigInt), [1, length]) };
  const exported = (await session.run(feeds)).logits.data;
  const differences = [difference(imported, expected), difference(exported, expected)];
  worst = Math.max(worst, ...differences);
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const [one, other] = differences.map((value) => value.toExponential(1));
  console.log(`${file.padEnd(26)} ${largest.toFixed(1).padStart(13)}   ${one.padStart(42)}   ${other.padStart(16)}`);
  if (file === "analoggenie.pth") await backAgain(state);
}
await backend.dispose();
await rm(folder, { recursive: true });
console.log(worst < LIMIT ? `\nAll within ${LIMIT}.` : `\nNot within ${LIMIT}.`);
process.exitCode = worst < LIMIT ? 0 : 1;

/** What is exported in AnalogGenie's layout must come back bit for bit. */
async function backAgain(state) {
  const file = join(folder, "again.safetensors");
  await writeFile(file, encodeSafetensors(toAnalogGenie(state)));
  const again = await importWeights(file);
  for (const [name, { data }] of state.tensors) {
    if (!Buffer.from(data.buffer).equals(Buffer.from(again.state.tensors.get(name).data.buffer)))
      throw new Error(`${name} changed`);
  }
}

function difference(one, other) {
  if (one.length !== other.length) return Infinity;
  return other.reduce((most, value, index) => Math.max(most, Math.abs(value - one[index])), 0);
}
