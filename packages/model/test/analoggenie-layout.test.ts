import type { GptConfig, HostTensor } from "@topogenie/core";
import { batchOf, createRng, toAnalogGenie, fromAnalogGenie, initialWeights, withSpecialTokens } from "@topogenie/core";
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

  it("are given special tokens: the start says what VSS said, the end what TRUNCATE said, and padding is never likely", async () => {
    const words = Array.from({ length: config.vocabularySize }, (_, id) => (id === 4 ? "TRUNCATE" : id === 7 ? "VSS" : `W${id}`));
    const state = fromAnalogGenie(toAnalogGenie({ config, step: 0, tensors: weights() }), 0);
    const given = withSpecialTokens(state, words);
    expect(given?.startsWith).toBe("VSS");
    expect(given?.vocabulary.slice(0, 4)).toEqual(["<padding>", "<start>", "<end>", "W0"]);
    const idOf = (word: string): number => given?.vocabulary.indexOf(word === "TRUNCATE" ? "<end>" : word) ?? -1;
    const theirs = Int32Array.from([7, 3, 12, 7, 29, 4]);
    const ours = Int32Array.from([...theirs], (id, place) => (place === 0 ? 1 : idOf(words[id] ?? "")));
    const backend = await createOnnxBackend({ engine: "native" });
    const logitsOf = async (of: typeof state, sentence: Int32Array): Promise<Float32Array> => {
      const model = await backend.load(of);
      return model.logits(batchOf([[sentence]], 1, 5));
    };
    const before = await logitsOf(state, theirs);
    const after = await logitsOf((given as NonNullable<typeof given>).state, ours);
    const size = config.vocabularySize + 2;
    for (let place = 0; place < 5; place++) {
      words.forEach((word, id) => {
        expect(after[place * size + idOf(word)]).toBeCloseTo(before[place * config.vocabularySize + id] as number, 4);
      });
      expect(after[place * size]).toBe(-100);
    }
    await backend.dispose();
    expect(withSpecialTokens(state, words.slice(0, 4))).toBeUndefined();
  });

  it("that are not all there are refused by name", () => {
    const dictionary = toAnalogGenie({ config, step: 0, tensors: weights() });
    dictionary.delete("blocks.1.sa.proj.weight");
    expect(() => fromAnalogGenie(dictionary, 0)).toThrow(/"blocks\.1\.sa\.proj\.weight" is missing/);
    expect(() => toAnalogGenie({ config: { ...config, tiedHead: true }, step: 0, tensors: weights() })).toThrow(/untied head/);
  });
});
