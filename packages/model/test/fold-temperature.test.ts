import { batchOf, createRng, foldTemperature, initialWeights, type GptConfig, type ModelState } from "@topogenie/core";
import { expect, it } from "vitest";
import { createOnnxBackend } from "../src/onnx-backend.js";

const base: GptConfig = { layers: 2, heads: 2, width: 16, context: 12, vocabularySize: 20, dropout: 0 };

async function logitsOf(state: ModelState): Promise<Float32Array> {
  const backend = await createOnnxBackend({ engine: "native" });
  try {
    const model = await backend.load(state);
    return (await model.logits(batchOf([[Int32Array.from([1, 5, 9, 3, 17, 4, 0])]], 1, 6))).slice(0, 6 * 20);
  } finally {
    await backend.dispose();
  }
}

it.each<[string, Partial<GptConfig>]>([
  ["LayerNorm and a head of its own", {}],
  ["RMSNorm and a tied head", { norm: "rms", positions: "rotary", tiedHead: true }],
])("a network with the temperature folded in has its logits divided by it: %s", async (_, variant) => {
  const config = { ...base, ...variant };
  const rng = createRng("fold");
  const tensors = initialWeights(config, 1);
  for (const { data } of tensors.values()) data.forEach((value, index) => (data[index] = 4 * value + 0.1 * rng.normal()));
  const state = { config, step: 3, tensors };
  const plain = await logitsOf(state);
  const folded = await logitsOf(foldTemperature(state, 1.25));
  const largest = Math.max(...plain.map(Math.abs));
  expect(largest).toBeGreaterThan(0.1);
  folded.forEach((logit, index) => {
    expect(Math.abs(logit - (plain[index] ?? Number.NaN) / 1.25)).toBeLessThan(1e-5 * largest);
  });
});
