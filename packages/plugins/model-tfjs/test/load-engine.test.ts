import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { silentLogger } from "@topogenie/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createNativeBackend, createWasmBackend } from "../src/index.js";
import { loadNative } from "../src/load-engine.js";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "topogenie-tfjs-"));
});
afterEach(() => rm(folder, { recursive: true }));

describe("the native library", () => {
  it.each(["tfjs-node", "tfjs-node-gpu"] as const)(
    "%s that is not installed is an error that says how to install it",
    async (name) => {
      const loading = createNativeBackend(name, { folder });
      await expect(loading).rejects.toMatchObject({ code: "MODEL_ENGINE_MISSING" });
      await expect(loading).rejects.toThrow(`@tensorflow/${name} cannot be loaded from ${folder}: it is not installed.`);
      await expect(loading).rejects.toThrow(`npm install --no-save @tensorflow/${name}@4.22.0`);
    },
  );

  it("for a GPU names what it needs", async () => {
    await expect(createNativeBackend("tfjs-node-gpu", { folder })).rejects.toThrow(/CUDA 11\.2 and cuDNN 8\.1/);
  });

  it("that is installed without its binary says what its loading said", async () => {
    await installed("throw new Error('The Node.js native addon module (tfjs_binding.node) can not be found');");
    await expect(createNativeBackend("tfjs-node", { folder })).rejects.toThrow(
      /cannot be loaded from .*: The Node\.js native addon module \(tfjs_binding\.node\) can not be found\. Install it/,
    );
  });

  it("finds in util what Node 23 took away", async () => {
    await installed(
      "if (!require('util').isNullOrUndefined(null)) throw new Error('no polyfill'); throw new Error('polyfilled');",
    );
    await expect(createNativeBackend("tfjs-node", { folder })).rejects.toThrow(/: polyfilled\. Install it/);
  });

  it("for a GPU that finds none computes on the processor, and says so", async () => {
    await installed(library({ isGPUPackage: true, isUsingGpuDevice: false }), "tfjs-node-gpu");
    const words: string[] = [];
    const engine = await loadNative("tfjs-node-gpu", folder, { ...silentLogger, warn: (message) => words.push(message) });
    expect(engine.description.device).toBe("cpu");
    expect(words).toEqual([expect.stringMatching(/found no GPU .* computes on the processor/)]);
  });

  it("is refused when the other one has been loaded in the same process", async () => {
    await installed(library({ isGPUPackage: true, isUsingGpuDevice: true }));
    await expect(loadNative("tfjs-node", folder, silentLogger)).rejects.toMatchObject({ code: "MODEL_ENGINE_TAKEN" });
  });

  function library(backend: object): string {
    return `module.exports = { version_core: "4.22.0", ready: async () => {}, engine: () => ({ findBackend: () => (${JSON.stringify(backend)}) }) };`;
  }

  async function installed(source: string, name = "tfjs-node"): Promise<void> {
    const place = join(folder, "node_modules/@tensorflow", name);
    await mkdir(place, { recursive: true });
    await writeFile(join(place, "package.json"), JSON.stringify({ name: `@tensorflow/${name}`, main: "index.js" }));
    await writeFile(join(place, "index.js"), source);
  }
});

describe("the WebAssembly engine", () => {
  it("leaves the process's own handling of errors alone", async () => {
    const listeners = (): number => process.listenerCount("uncaughtException") + process.listenerCount("unhandledRejection");
    const before = listeners();
    const backend = await createWasmBackend();
    expect(backend.capabilities()).toEqual({ engine: "tfjs-wasm", version: "4.22.0", device: "wasm", threads: 1 });
    expect(listeners()).toBe(before);
  });
});
