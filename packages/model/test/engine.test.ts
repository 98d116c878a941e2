import type { Logger } from "@topogenie/core";
import { silentLogger } from "@topogenie/core";
import { describe, expect, it } from "vitest";
import type { ImportLibrary } from "../src/engine.js";
import { loadEngine } from "../src/engine.js";
import { createOnnxBackend, onnxBackendOptions } from "../src/onnx-backend.js";

/** As on a machine for which onnxruntime-node has no binary. */
const withoutNative: ImportLibrary = (name) =>
  name === "onnxruntime-node"
    ? Promise.reject(new Error("Cannot find module 'onnxruntime_binding.node'"))
    : import("onnxruntime-web");

describe("the engine", () => {
  it("is native where it can be, and says nothing", async () => {
    const words: string[] = [];
    const logger: Logger = { ...silentLogger, warn: (message) => words.push(message) };
    const engine = await loadEngine({ engine: "auto", threads: 2 }, logger);
    expect(engine).toMatchObject({ name: "onnxruntime-node", version: expect.stringMatching(/^\d+\.\d+/) as string });
    expect(words).toEqual([]);
  });

  it("falls back to WebAssembly with a warning that gives the reason", async () => {
    const words: string[] = [];
    const logger: Logger = { ...silentLogger, warn: (message) => words.push(message) };
    const engine = await loadEngine({ engine: "auto", threads: 1 }, logger, withoutNative);
    expect(engine.name).toBe("onnxruntime-web");
    expect(words).toEqual([expect.stringContaining("Cannot find module 'onnxruntime_binding.node'")]);
    expect(words[0]).toContain("WebAssembly");
  });

  it("does not fall back when native was asked for", async () => {
    const loading = loadEngine({ engine: "native", threads: 1 }, silentLogger, withoutNative);
    await expect(loading).rejects.toMatchObject({ code: "MODEL_ENGINE_MISSING" });
    await expect(loading).rejects.toThrow("ONNXRUNTIME_NODE_INSTALL=skip");
  });

  it("needs no options", () => {
    expect(onnxBackendOptions.parse({})).toEqual({ threads: 2, engine: "auto" });
  });

  it("trains to the same losses on both", async () => {
    const config = { layers: 2, heads: 2, width: 16, context: 16, vocabularySize: 12, dropout: 0.2 };
    const losses = await Promise.all(
      (["native", "wasm"] as const).map(async (engine) => {
        const backend = await createOnnxBackend({ engine });
        const model = await backend.create(config, 1);
        const batch = {
          rows: 2,
          length: 16,
          tokens: Int32Array.from({ length: 32 }, (_, index) => 3 + (index % 5)),
          targets: Int32Array.from({ length: 32 }, (_, index) => 3 + ((index + 1) % 5)),
          documents: new Int32Array(32),
          positions: Int32Array.from({ length: 32 }, (_, index) => index % 16),
        };
        const settings = { learningRate: 3e-3, weightDecay: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 1e-8, clipNorm: 1 };
        const steps: number[] = [];
        for (let step = 0; step < 20; step++) steps.push((await model.trainStep(batch, settings)).loss);
        await backend.dispose();
        return steps;
      }),
    );
    losses[0]?.forEach((loss, step) => expect(Math.abs(loss - (losses[1]?.[step] as number))).toBeLessThan(1e-4));
  });
});
