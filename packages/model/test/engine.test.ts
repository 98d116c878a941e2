import type { Logger } from "@topogenie/core";
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
});
