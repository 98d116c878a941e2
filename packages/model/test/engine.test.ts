import type { Logger, TopogenieError } from "@topogenie/core";
import { silentLogger } from "@topogenie/core";
import { describe, expect, it } from "vitest";
import type { ImportLibrary } from "../src/engine.js";
import { loadEngine } from "../src/engine.js";
import { onnxBackendOptions } from "../src/onnx-backend.js";

/** As on a machine for which onnxruntime-node has no binary. */
const withoutNative: ImportLibrary = (name) =>
  name === "onnxruntime-node"
    ? Promise.reject(new Error("Cannot find module 'onnxruntime_binding.node'"))
    : import("onnxruntime-web");

const processor = { provider: "cpu", threads: 2 } as const;

/** As on a machine without the GPU, the driver or the library that a provider needs. */
function withoutProvider(reason: string): ImportLibrary {
  return async () => {
    const ort = await import("onnxruntime-node");
    return { ...ort, InferenceSession: { create: () => Promise.reject(new Error(reason)) } };
  };
}

describe("a GPU", () => {
  it.each([
    ["webgpu", "Failed to get a WebGPU adapter: No supported adapters", "driver for Vulkan"],
    ["cuda", "Failed to load shared library", "ONNXRUNTIME_NODE_INSTALL=cuda12 npm rebuild onnxruntime-node"],
  ] as const)("that is missing (%s) is an error that says what it needs, and no fallback", async (provider, reason, remedy) => {
    const loading = loadEngine({ engine: "auto", provider, threads: 1 }, silentLogger, withoutProvider(reason));
    await expect(loading).rejects.toMatchObject({ code: "MODEL_DEVICE_MISSING" });
    await expect(loading).rejects.toThrow(`cannot use the provider ${provider} on this machine: ${reason}.`);
    await expect(loading).rejects.toThrow(remedy);
  });

  it.each(["webgpu", "cuda"] as const)("is used or refused, and the process lives on (%s)", async (provider) => {
    const loading = loadEngine({ engine: "native", provider, threads: 1 }, silentLogger).then(
      ({ device }) => device,
      (error: unknown) => (error as TopogenieError).code,
    );
    expect([provider, "MODEL_DEVICE_MISSING"]).toContain(await loading);
  });

  it("is not reached by WebAssembly", async () => {
    const loading = loadEngine({ engine: "wasm", provider: "webgpu", threads: 1 }, silentLogger);
    await expect(loading).rejects.toThrow(/set the model's option engine to native or auto/);
  });
});

describe("the engine", () => {
  it("is native where it can be, and says nothing", async () => {
    const words: string[] = [];
    const logger: Logger = { ...silentLogger, warn: (message) => words.push(message) };
    const engine = await loadEngine({ ...processor, engine: "auto" }, logger);
    expect(engine).toMatchObject({ name: "onnxruntime-node", version: expect.stringMatching(/^\d+\.\d+/) as string });
    expect(words).toEqual([]);
  });

  it("falls back to WebAssembly with a warning that gives the reason", async () => {
    const words: string[] = [];
    const logger: Logger = { ...silentLogger, warn: (message) => words.push(message) };
    const engine = await loadEngine({ ...processor, engine: "auto" }, logger, withoutNative);
    expect(engine.name).toBe("onnxruntime-web");
    expect(words).toEqual([expect.stringContaining("Cannot find module 'onnxruntime_binding.node'")]);
    expect(words[0]).toContain("WebAssembly");
  });

  it("does not fall back when native was asked for", async () => {
    const loading = loadEngine({ ...processor, engine: "native" }, silentLogger, withoutNative);
    await expect(loading).rejects.toMatchObject({ code: "MODEL_ENGINE_MISSING" });
    await expect(loading).rejects.toThrow("ONNXRUNTIME_NODE_INSTALL=skip");
  });

  it("needs no options", () => {
    expect(onnxBackendOptions.parse({})).toEqual({ threads: 2, engine: "auto", provider: "cpu" });
  });
});
