import type { GptConfig, LanguageModel } from "@topogenie/core";
import { sampleSentences } from "@topogenie/core";
import { describe, expect, it } from "vitest";
import { createOnnxBackend } from "../src/onnx-backend.js";

const config: GptConfig = { layers: 2, heads: 4, width: 64, context: 96, vocabularySize: 40, dropout: 0 };

async function write(model: LanguageModel, rows: number, attempts = 24): Promise<unknown> {
  return sampleSentences({ model, attempts, rows, maxTokens: 80, temperature: 1, topK: 0, topP: 1, seed: 3 });
}

describe("sampling on onnxruntime", () => {
  it("writes the same sentences whatever the number of rows", async () => {
    const backend = await createOnnxBackend({ engine: "native" });
    const model = await backend.create(config, 1);
    const sentences = await write(model, 24);
    expect(await write(model, 1)).toEqual(sentences);
    expect(await write(model, 7)).toEqual(sentences);
    await backend.dispose();
  });

  // Products of other sizes take other paths in the engine, so the width of AnalogGenie's network is tried too.
  it.each([
    { ...config, steps: 70 },
    { ...config, heads: 6, width: 384, vocabularySize: 1005, steps: 24 },
  ])("gives the same bits in a batch of any size and whatever other rows were dropped, $width wide", async (sizes) => {
    const { steps, ...config } = sizes;
    const backend = await createOnnxBackend({ engine: "native" });
    const model = await backend.create(config, 1);
    const sentence = Int32Array.from({ length: steps }, (_, index) => 3 + ((index * 7) % 37));
    const follow = async (rows: number, row: number, dropAt: number): Promise<number[]> => {
      const sampler = await model.sampler(rows);
      let own = row;
      const logits: number[] = [];
      for (const [place, token] of sentence.entries()) {
        if (place === dropAt && rows > 1) {
          const kept = Array.from({ length: rows }, (_, index) => index).filter((index) => index === row || index % 3 === 0);
          sampler.keep(kept);
          own = kept.indexOf(row);
        }
        const tokens = Int32Array.from({ length: sampler.rows }, (_, index) =>
          index === own ? token : 3 + ((place + index) % 30),
        );
        const result = await sampler.step(tokens);
        logits.push(...result.subarray(own * config.vocabularySize, (own + 1) * config.vocabularySize));
      }
      await sampler.dispose();
      return logits;
    };
    const alone = await follow(1, 0, 0);
    expect(await follow(2, 1, 100)).toEqual(alone);
    expect(await follow(16, 5, 10)).toEqual(alone);
    expect(await follow(33, 32, 20)).toEqual(alone);
    await backend.dispose();
  });

  it("refuses sentences that the context cannot hold", async () => {
    const backend = await createOnnxBackend({ engine: "native" });
    const model = await backend.create(config, 1);
    const asked = sampleSentences({ model, attempts: 1, rows: 1, maxTokens: 96, temperature: 1, topK: 0, topP: 1, seed: 3 });
    await expect(asked).rejects.toMatchObject({ code: "SAMPLING_TOO_LONG" });
    await backend.dispose();
  });
});
