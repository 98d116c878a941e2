import type { GptConfig } from "@topogenie/core";
import { batchOf, createRng } from "@topogenie/core";
import { describe, expect, it } from "vitest";
import { createOnnxBackend } from "../src/onnx-backend.js";

const plain: GptConfig = { layers: 2, heads: 2, width: 8, context: 12, vocabularySize: 9, dropout: 0 };
const variants: readonly GptConfig[] = [
  plain,
  { ...plain, activation: "gelu", tiedHead: true },
  { ...plain, norm: "rms", positions: "rotary", activation: "swiglu", qkNorm: true, tiedHead: true },
  { ...plain, norm: "rms", positions: "rotary", activation: "squared-relu", qkNorm: true },
];

/** A step of plain gradient descent through the whole model: AdamW without memory of the past, and no clipping. */
const probe = { learningRate: 0, weightDecay: 0, beta1: 0, beta2: 0, epsilon: 1e-8, clipNorm: Number.POSITIVE_INFINITY };

describe("the gradient of the whole network", () => {
  for (const config of variants) {
    it(`agrees with finite differences: ${JSON.stringify(config)}`, async () => {
      const backend = await createOnnxBackend({ engine: "native" });
      const model = await backend.create(config, 5);
      const documents = [
        [1, 3, 4, 5, 6, 2],
        [1, 7, 8, 7, 2],
      ].map((tokens) => Int32Array.from(tokens));
      const batch = batchOf([documents], 1, 10);
      const { tensors } = await model.save();
      // Weights large enough that every part of the network matters.
      const rng = createRng("probe");
      for (const { data } of tensors.values()) data.forEach((value, index) => (data[index] = value * 5 + 0.1 * rng.normal()));
      const lossOf = async (name: string, index: number, change: number): Promise<number> => {
        const data = tensors.get(name)?.data as Float32Array;
        const before = data[index] as number;
        data[index] = before + change;
        const probed = await backend.load({ config, step: 0, tensors });
        data[index] = before;
        const { loss } = await probed.evaluate(batch);
        await probed.dispose();
        return loss;
      };
      // With beta1 = 0 the first moment that is saved is the gradient.
      const stepped = await backend.load({ config, step: 0, tensors });
      const { gradientNorm } = await stepped.trainStep(batch, probe);
      const after = (await stepped.save()).tensors;
      let squares = 0;
      for (const name of tensors.keys()) {
        const gradient = after.get(`adam.m.${name}`)?.data as Float32Array;
        squares += gradient.reduce((sum, value) => sum + value * value, 0);
        const index = gradient.reduce((best, value, at) => (Math.abs(value) > Math.abs(gradient[best] as number) ? at : best), 0);
        const step = 5e-4;
        const numeric = ((await lossOf(name, index, step)) - (await lossOf(name, index, -step))) / (2 * step);
        const analytic = gradient[index] as number;
        expect(Math.abs(analytic - numeric), `${name}[${index}]: ${analytic} and ${numeric}`).toBeLessThan(
          2e-3 + 0.02 * Math.abs(numeric),
        );
      }
      expect(gradientNorm).toBeCloseTo(Math.sqrt(squares), 3);
      await backend.dispose();
    });
  }
});
