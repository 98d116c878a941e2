import type { GptConfig, HostTensor } from "@topogenie/core";
import { batchOf, createRng, toAnalogGenie, fromAnalogGenie, initialWeights } from "@topogenie/core";
import { describe, expect, it } from "vitest";
import { createOnnxBackend } from "../src/onnx-backend.js";
import { referenceLogits } from "./reference-network.js";

const config: GptConfig = { layers: 3, heads: 4, width: 24, context: 20, vocabularySize: 30, dropout: 0 };

/** Weights of every part, biases and gains too, far from their initial values. */
function weights(): Map<string, HostTensor> {
  const rng = createRng("state dict");
  const tensors = initialWeights(config, 1);
  for (const { data } of tensors.values()) data.forEach((value, index) => (data[index] = 4 * value + 0.1 * rng.normal()));
  return tensors;
}

describe("weights in the layout of AnalogGenie's network", () => {
  it("give the logits of its definition in PyTorch", async () => {
    const dictionary = toAnalogGenie({ config, step: 0, tensors: weights() });
    const sentence = Int32Array.from({ length: 20 }, (_, index) => (index === 0 ? 1 : 3 + ((index * 11) % 27)));
    const expected = referenceLogits(dictionary, [...sentence.subarray(0, 19)], config.layers, config.heads).flat();
    const backend = await createOnnxBackend({ engine: "native" });
    const model = await backend.load(fromAnalogGenie(dictionary, 0));
    const logits = await model.logits(batchOf([[sentence]], 1, 19));
    expect(Math.max(...expected.map((value, index) => Math.abs(value - (logits[index] ?? Number.NaN))))).toBeLessThan(1e-4);
    await backend.dispose();
  });

  it("come back as they were, and tell the network's sizes", () => {
    const tensors = weights();
    const state = fromAnalogGenie(toAnalogGenie({ config, step: 5, tensors }), 0.2);
    expect(state.config).toMatchObject({ ...config, dropout: 0.2 });
    expect(state.step).toBe(0);
    for (const [name, tensor] of tensors) expect(state.tensors.get(name)).toEqual(tensor);
  });

  it("that are not all there are refused by name", () => {
    const dictionary = toAnalogGenie({ config, step: 0, tensors: weights() });
    dictionary.delete("blocks.1.sa.proj.weight");
    expect(() => fromAnalogGenie(dictionary, 0)).toThrow(/"blocks\.1\.sa\.proj\.weight" is missing/);
    expect(() => toAnalogGenie({ config: { ...config, tiedHead: true }, step: 0, tensors: weights() })).toThrow(/untied head/);
  });
});
