import { API_VERSION, definePlugin, type Logger, type ModelBackend, provide, silentLogger } from "@topogenie/core";
import { z } from "zod";
import { loadNative, loadWasm } from "./load-engine.js";
import { TfjsBackend } from "./tfjs-backend.js";

export const wasmOptions = z.strictObject({});

export const nativeOptions = z.strictObject({
  folder: z
    .string()
    .optional()
    .describe(
      "In whose node_modules the library is; otherwise it is looked for beside this package and in the working directory.",
    ),
});

export type NativeOptions = z.output<typeof nativeOptions>;

/** On WebAssembly: any machine, one thread. */
export async function createWasmBackend(): Promise<ModelBackend> {
  return new TfjsBackend(await loadWasm());
}

/** On libtensorflow; throws `MODEL_ENGINE_MISSING` where the library is not installed. */
export async function createNativeBackend(
  name: "tfjs-node" | "tfjs-node-gpu",
  options: NativeOptions = {},
  logger: Logger = silentLogger,
): Promise<ModelBackend> {
  return new TfjsBackend(await loadNative(name, nativeOptions.parse(options).folder, logger));
}

/** Model backends on TensorFlow.js; each loads its library when it is made. */
export default definePlugin({
  apiVersion: API_VERSION,
  name: "@topogenie/model-tfjs",
  version: "0.1.0",
  provides: [
    provide({
      kind: "model-backend",
      name: "tfjs-wasm",
      description: "A GPT on TensorFlow.js in WebAssembly: any machine, one thread.",
      options: wasmOptions,
      create: () => createWasmBackend(),
    }),
    ...(["tfjs-node", "tfjs-node-gpu"] as const).map((name) =>
      provide({
        kind: "model-backend",
        name,
        description:
          name === "tfjs-node"
            ? "A GPT on TensorFlow.js's native library; @tensorflow/tfjs-node must be installed."
            : "A GPT on an NVIDIA GPU by TensorFlow.js; @tensorflow/tfjs-node-gpu must be installed.",
        options: nativeOptions,
        create: (options: NativeOptions, { logger }) => createNativeBackend(name, options, logger),
      }),
    ),
  ],
});
