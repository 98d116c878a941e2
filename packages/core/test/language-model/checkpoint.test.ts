import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { GptConfig } from "../../src/contracts/model-backend.js";
import type { Checkpoint } from "../../src/language-model/checkpoint.js";
import { loadCheckpoint, saveCheckpoint } from "../../src/language-model/checkpoint.js";
import { initialWeights, resolveGptConfig } from "../../src/language-model/gpt-parameters.js";

const config: GptConfig = { layers: 1, heads: 2, width: 8, context: 6, vocabularySize: 5, dropout: 0 };
const tensors = initialWeights(config, 1);
const checkpoint: Checkpoint = {
  state: {
    config: resolveGptConfig(config),
    step: 12,
    tensors: new Map([...tensors, ["adam.m.head", { shape: [8, 5], data: new Float32Array(40).fill(0.1) }]]),
  },
  average: initialWeights(config, 2),
  vocabulary: ["<padding>", "<start>", "<end>", "A", "B"],
  corpusHash: "abc",
  metrics: { loss: 1.5 },
  training: { position: 3 },
};

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "topogenie-checkpoint-"));
});

afterEach(() => rm(directory, { recursive: true }));

describe("a checkpoint", () => {
  it("comes back as it was saved, bit for bit", async () => {
    const folder = join(directory, "one");
    await saveCheckpoint(folder, checkpoint);
    expect(await loadCheckpoint(folder)).toEqual(checkpoint);
    expect(await readdir(directory)).toEqual(["one"]);
  });

  it("can be read without its optimizer", async () => {
    const folder = join(directory, "one");
    await saveCheckpoint(folder, checkpoint);
    const { state } = await loadCheckpoint(folder, { optimizer: false });
    expect([...state.tensors.keys()]).toEqual([...tensors.keys()]);
  });

  it("replaces one of the same name", async () => {
    const folder = join(directory, "one");
    await saveCheckpoint(folder, checkpoint);
    await saveCheckpoint(folder, { ...checkpoint, metrics: { loss: 1 } });
    expect((await loadCheckpoint(folder)).metrics).toEqual({ loss: 1 });
  });

  it("is a safetensors file that others can read: header, then the floats", async () => {
    const folder = join(directory, "one");
    await saveCheckpoint(folder, checkpoint);
    const bytes = await readFile(join(folder, "weights.safetensors"));
    const headerLength = Number(bytes.readBigUInt64LE(0));
    const header = JSON.parse(bytes.subarray(8, 8 + headerLength).toString()) as Record<
      string,
      { dtype: string; data_offsets: [number, number] }
    >;
    const head = header.head;
    expect(head?.dtype).toBe("F32");
    expect(bytes.readFloatLE(8 + headerLength + (head?.data_offsets[0] ?? 0))).toBe(tensors.get("head")?.data[0]);
  });

  it("that is missing is named, with what to do", async () => {
    const loading = loadCheckpoint(join(directory, "none"));
    await expect(loading).rejects.toMatchObject({ code: "CHECKPOINT_MISSING" });
    await expect(loading).rejects.toThrow(/none.*Train a model first/);
  });

  it("that is damaged is named, with the file, the reason and what to do", async () => {
    const folder = join(directory, "one");
    const weights = join(folder, "weights.safetensors");
    const description = join(folder, "checkpoint.json");
    const damage: readonly (readonly [() => Promise<void>, RegExp])[] = [
      [() => truncate(weights, 100), /weights\.safetensors is damaged: it has 100 bytes of/],
      [
        async () => writeFile(weights, (await readFile(weights)).fill(7, 2000)),
        /weights\.safetensors is damaged: its content is not what was written/,
      ],
      [() => rm(weights), /weights\.safetensors is damaged: it cannot be read/],
      [() => truncate(description, 50), /checkpoint\.json is damaged: it is no JSON/],
      [() => writeFile(description, "{}"), /checkpoint\.json is damaged/],
    ];
    for (const [break_, message] of damage) {
      await saveCheckpoint(folder, checkpoint);
      await break_();
      const loading = loadCheckpoint(folder);
      await expect(loading).rejects.toMatchObject({ code: "CHECKPOINT_DAMAGED" });
      await expect(loading).rejects.toThrow(message);
      await expect(loading).rejects.toThrow(/Delete the folder .* and train again/);
    }
  });

  it("whose tensors do not fit its config is damaged", async () => {
    const folder = join(directory, "one");
    await saveCheckpoint(folder, {
      ...checkpoint,
      state: { ...checkpoint.state, config: resolveGptConfig({ ...config, layers: 2 }) },
    });
    await expect(loadCheckpoint(folder)).rejects.toThrow(/tensor "blocks\.1\.norm1\.gain" is missing where the model has 8/);
  });
});
