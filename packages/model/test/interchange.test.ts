import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { GptConfig, HostTensor, ModelState } from "@topogenie/core";
import {
  batchOf,
  createRng,
  decodeSafetensors,
  encodeSafetensors,
  exportSafetensors,
  importWeights,
  initialWeights,
  TopogenieError,
} from "@topogenie/core";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exportOnnx } from "../src/inference-graph.js";
import { createOnnxBackend } from "../src/onnx-backend.js";

// Written by PyTorch: benchmarks/model/pytorch/make_weights.py packages/model/test/fixtures tiny
const fixture = (name: string): string => join(import.meta.dirname, "fixtures", name);
const expected = JSON.parse(await readFile(fixture("expected.json"), "utf8")) as {
  tokens: number[];
  heads: number;
  logits: Record<string, number[]>;
};

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "topogenie-interchange-"));
});
afterAll(() => rm(folder, { recursive: true }));

async function logitsOf(state: ModelState, tokens: readonly number[]): Promise<Float32Array> {
  const backend = await createOnnxBackend({ engine: "native" });
  try {
    return await (await backend.load(state)).logits(batchOf([[Int32Array.from([...tokens, 0])]], 1, tokens.length));
  } finally {
    await backend.dispose();
  }
}

async function onnxLogits(model: Uint8Array, tokens: readonly number[]): Promise<Float32Array> {
  const session = await InferenceSession.create(model);
  const results = await session.run({ tokens: new Tensor("int64", BigInt64Array.from(tokens, BigInt), [1, tokens.length]) });
  expect(results.logits?.dims.slice(0, 2)).toEqual([1, tokens.length]);
  return results.logits?.data as Float32Array;
}

function largestDifference(one: ArrayLike<number>, other: ArrayLike<number>): number {
  expect(one.length).toBe(other.length);
  return Array.from(one).reduce((most, value, index) => Math.max(most, Math.abs(value - (other[index] ?? Number.NaN))), 0);
}

describe("weights that PyTorch saved", () => {
  it.each(["analoggenie.pth", "analoggenie.safetensors", "nanogpt.pth", "nanogpt-bias.pth"])(
    "give its logits: %s, and as ONNX again",
    async (file) => {
      const { state, layout } = await importWeights(fixture(file));
      expect(layout).toBe(file.startsWith("nanogpt") ? "nanogpt" : "analoggenie");
      const logits = expected.logits[file.replace(/\..*/, "")] ?? [];
      expect(largestDifference(await logitsOf(state, expected.tokens), logits)).toBeLessThan(1e-4);
      expect(largestDifference(await onnxLogits(exportOnnx(state, []), expected.tokens), logits)).toBeLessThan(1e-4);
    },
  );

  it("in fewer or more bits are widened or rounded", async () => {
    const tensors = decodeSafetensors(await readFile(fixture("analoggenie.safetensors")));
    const name = "lm_head.bias";
    const values = [...(tensors.get(name)?.data ?? [])];
    const encode = (dtype: string, bytes: Uint8Array): Uint8Array => {
      const header = JSON.stringify({ x: { dtype, shape: [values.length], data_offsets: [0, bytes.length] } });
      const length = Buffer.alloc(8);
      length.writeBigUInt64LE(BigInt(header.length));
      return Buffer.concat([length, Buffer.from(header), bytes]);
    };
    const doubles = decodeSafetensors(encode("F64", new Uint8Array(Float64Array.from(values).buffer))).get("x")?.data;
    expect([...(doubles ?? [])]).toEqual(values);
    const words = new Uint16Array(Float32Array.from(values).buffer).filter((_, index) => index % 2 === 1);
    const short = decodeSafetensors(encode("BF16", new Uint8Array(words.buffer))).get("x")?.data ?? [];
    expect(largestDifference(short, values)).toBeLessThan(2 ** -7);
    // 1, -2, the largest half, the smallest, minus zero, infinity.
    const halves = Uint16Array.of(0x3c00, 0xc000, 0x7bff, 0x0001, 0x8000, 0x7c00, 0x3555, 0, 0);
    const read = decodeSafetensors(encode("F16", new Uint8Array(halves.buffer))).get("x")?.data ?? [];
    expect([...read].slice(0, 6)).toEqual([1, -2, 65504, 2 ** -24, -0, Infinity]);
    expect(read[6]).toBeCloseTo(1 / 3, 3);
  });

  it("whose names do not fit are refused with what is missing", async () => {
    const tensors = decodeSafetensors(await readFile(fixture("analoggenie.safetensors")));
    const write = async (entries: ReadonlyMap<string, HostTensor>): Promise<string> => {
      const file = join(folder, "broken.safetensors");
      await writeFile(file, encodeSafetensors(entries));
      return file;
    };
    const without = (name: string): Map<string, HostTensor> => new Map([...tensors].filter(([key]) => key !== name));
    await expect(importWeights(await write(without("blocks.1.sa.proj.weight")))).rejects.toThrow(
      /broken\.safetensors: .*"blocks\.1\.sa\.proj\.weight" is missing/,
    );
    const short = { shape: [8], data: new Float32Array(8) };
    await expect(importWeights(await write(new Map([...tensors, ["blocks.0.sa.heads.1.key.weight", short]])))).rejects.toThrow(
      /"blocks\.0\.sa\.heads\.1\.key\.weight" is 8, and 4 x 8 is needed/,
    );
    await expect(importWeights(await write(new Map([["conv1.weight", short]])))).rejects.toThrow(
      /its first tensors are "conv1\.weight".*"token_embedding_table\.weight"/,
    );
    const nano = new Map([["transformer.wte.weight", { shape: [9, 8], data: new Float32Array(72) }]]);
    await expect(importWeights(await write(nano))).rejects.toThrow(/give --heads/);
    await expect(importWeights(join(folder, "none.pth"))).rejects.toMatchObject({ code: "WEIGHTS_FILE_INVALID" });
  });

  it("that are torn or garbled are refused by the file's name, or are read as they are, and nothing else happens", async () => {
    for (const name of ["nanogpt.pth", "analoggenie.safetensors"]) {
      const whole = await readFile(fixture(name));
      const rng = createRng(name);
      const file = join(folder, `torn-${name}`);
      for (let round = 0; round < 60; round++) {
        const bytes = Buffer.from(round < 20 ? whole.subarray(0, rng.integer(whole.length)) : whole);
        if (round >= 20)
          for (let flip = 0; flip < 1 + rng.integer(20); flip++) bytes[rng.integer(bytes.length)] = rng.integer(256);
        await writeFile(file, bytes);
        const outcome = await importWeights(file).then(
          () => undefined,
          (error: unknown) => error,
        );
        if (round < 20) expect(outcome).toBeInstanceOf(TopogenieError);
        if (outcome === undefined) continue;
        expect(outcome).toBeInstanceOf(TopogenieError);
        expect((outcome as Error).message).toContain(file);
      }
    }
  });
});

describe("a model that is exported", () => {
  const variants: readonly GptConfig[] = [
    { layers: 2, heads: 2, width: 16, context: 24, vocabularySize: 11, dropout: 0 },
    {
      ...{ layers: 2, heads: 2, width: 16, context: 24, vocabularySize: 11, dropout: 0.1 },
      ...({ norm: "rms", positions: "rotary", activation: "swiglu", qkNorm: true, tiedHead: true } as const),
    },
  ];
  it.each(variants)("as ONNX gives its own logits for sentences of any length, variant %#", async (config) => {
    const rng = createRng("export");
    const tensors = initialWeights(config, 1);
    for (const { data } of tensors.values()) data.forEach((value, index) => (data[index] = 4 * value + 0.1 * rng.normal()));
    const state = { config, step: 0, tensors };
    const model = exportOnnx(state, []);
    for (const length of [1, 7, 24]) {
      const tokens = Array.from({ length }, () => rng.integer(11));
      expect(largestDifference(await onnxLogits(model, tokens), await logitsOf(state, tokens))).toBeLessThan(1e-5);
    }
  });

  it.each(variants)("as safetensors comes back with config and vocabulary, variant %#", async (config) => {
    const tensors = initialWeights(config, 3);
    const vocabulary = Array.from({ length: config.vocabularySize }, (_, id) => `word ${id}`);
    const file = join(folder, "own.safetensors");
    await writeFile(file, exportSafetensors({ config, step: 5, tensors }, vocabulary));
    const back = await importWeights(file);
    expect(back).toMatchObject({ layout: "topogenie", vocabulary });
    expect(back.state.config).toMatchObject(config);
    for (const [name, tensor] of tensors) expect(back.state.tensors.get(name)).toEqual(tensor);
  });
});
