import { describe, expect, it } from "vitest";
import type { GptConfig } from "../../src/contracts/model-backend.js";
import { gptParameters, initialWeights, parameterCount, resolveGptConfig } from "../../src/language-model/gpt-parameters.js";

/** AnalogGenie's network. */
const reference: GptConfig = { layers: 6, heads: 6, width: 384, context: 1024, vocabularySize: 1005, dropout: 0.2 };

describe("the weights of a GPT", () => {
  it("are AnalogGenie's 11.8 million by default", () => {
    expect(parameterCount(reference) / 1e6).toBeCloseTo(11.8, 1);
  });

  it("have the spread of GPT-2's, smaller for projections onto the residual stream", () => {
    const weights = initialWeights({ ...reference, layers: 2, context: 64, vocabularySize: 50 }, 1);
    const deviation = (name: string): number => {
      const data = weights.get(name)?.data ?? new Float32Array();
      return Math.sqrt(data.reduce((sum, value) => sum + value * value, 0) / data.length);
    };
    expect(deviation("blocks.0.attention.qkv")).toBeCloseTo(0.02, 3);
    expect(deviation("blocks.1.mlp.contract")).toBeCloseTo(0.01, 3);
    expect(deviation("norm.gain")).toBe(1);
    expect(deviation("head.bias")).toBe(0);
  });

  it("depend on the seed and the weight's name alone", () => {
    const small = { ...reference, layers: 1, width: 12, context: 8, vocabularySize: 9 };
    expect(initialWeights(small, 1)).toEqual(initialWeights(small, 1));
    expect(initialWeights(small, 2)).not.toEqual(initialWeights(small, 1));
    expect(initialWeights({ ...small, layers: 2 }, 1).get("head")).toEqual(initialWeights(small, 1).get("head"));
  });

  it("leave out what a variant does not have", () => {
    const names = gptParameters({ ...reference, norm: "rms", positions: "rotary", activation: "swiglu", tiedHead: true }).map(
      ({ name }) => name,
    );
    expect(names).toContain("blocks.0.mlp.gate");
    for (const absent of ["embedding.positions", "head", "norm.bias"]) expect(names).not.toContain(absent);
  });

  it("of a config that cannot be are refused with the key", () => {
    expect(() => resolveGptConfig({ ...reference, heads: 5 })).toThrow(/width 384 cannot be shared out to 5 heads/);
    expect(() => resolveGptConfig({ ...reference, layers: 0 })).toThrow(/layers/);
    expect(() => resolveGptConfig({ ...reference, width: 6, heads: 6, positions: "rotary" })).toThrow(/rotary/);
  });
});
