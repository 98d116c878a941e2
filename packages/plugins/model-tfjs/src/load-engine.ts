import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import util from "node:util";
import type { Logger } from "@topogenie/core";
import { TopogenieError } from "@topogenie/core";
import type { EngineName, Tf } from "./engine.js";
import { Engine } from "./engine.js";

/** The native libraries are loaded only when they are asked for: they are no dependencies of this package. */
const require = createRequire(import.meta.url);

export async function loadWasm(): Promise<Engine> {
  const tf = require("@tensorflow/tfjs-core") as Tf;
  await withoutListeners(async () => {
    require("@tensorflow/tfjs-backend-wasm");
    await tf.setBackend("wasm");
  });
  return new Engine(tf, {
    name: "tfjs-wasm",
    registered: "wasm",
    version: tf.version_core,
    device: "wasm",
    threads: 1,
    fastStacks: false,
  });
}

/** Who runs the operators in the native library. */
interface NativeBackend {
  readonly isGPUPackage: boolean;
  readonly isUsingGpuDevice: boolean;
}

/**
 * Throws `MODEL_ENGINE_MISSING` when the library is not installed, or cannot be loaded.
 * @param folder in whose node_modules it is; otherwise it is looked for beside this package, then in the working directory
 */
export async function loadNative(
  name: Exclude<EngineName, "tfjs-wasm">,
  folder: string | undefined,
  logger: Logger,
): Promise<Engine> {
  const library = `@tensorflow/${name}`;
  const tf = requireNative(library, folder);
  await tf.ready();
  const registered = "tensorflow";
  const backend = tf.engine().findBackend(registered) as unknown as NativeBackend;
  if (backend.isGPUPackage !== (name === "tfjs-node-gpu")) {
    throw new TopogenieError(
      "MODEL_ENGINE_TAKEN",
      `This process has loaded the other of @tensorflow/tfjs-node and @tensorflow/tfjs-node-gpu, and can have one of them: ` +
        `use one backend, or run twice.`,
    );
  }
  if (name === "tfjs-node-gpu" && !backend.isUsingGpuDevice) {
    logger.warn(
      `${library} found no GPU that it can use, and computes on the processor. It needs an NVIDIA GPU with CUDA 11.2 and cuDNN 8.1.`,
    );
  }
  return new Engine(tf, {
    name,
    registered,
    version: tf.version_core,
    device: backend.isUsingGpuDevice ? "gpu" : "cpu",
    threads: availableParallelism(),
    fastStacks: true,
  });
}

export function installHint(name: Exclude<EngineName, "tfjs-wasm">): string {
  const gpu = name === "tfjs-node-gpu" ? ", which needs an NVIDIA GPU with CUDA 11.2 and cuDNN 8.1" : "";
  return (
    `npm install --no-save @tensorflow/${name}@4.22.0${gpu}. When it is installed it fetches libtensorflow from storage.googleapis.com: ` +
    "where that is blocked, use the backend onnxruntime or tfjs-wasm"
  );
}

function requireNative(library: string, folder: string | undefined): Tf {
  // The library calls what Node 23 took away.
  const old = util as unknown as Record<string, unknown>;
  old.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
  // Else libtensorflow tells of its processor's instructions.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= "2";
  const places = folder === undefined ? [import.meta.url, join(process.cwd(), "_")] : [join(folder, "_")];
  let reason = "";
  for (const place of places) {
    try {
      return createRequire(place)(library) as Tf;
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      reason =
        code === "MODULE_NOT_FOUND" && message.includes(`'${library}'`) ? "it is not installed" : (message.split("\n")[0] ?? "");
      if (reason !== "it is not installed") break;
    }
  }
  throw new TopogenieError(
    "MODEL_ENGINE_MISSING",
    `${library} cannot be loaded${folder === undefined ? "" : ` from ${folder}`}: ${reason}. ` +
      `Install it with: ${installHint(library.endsWith("gpu") ? "tfjs-node-gpu" : "tfjs-node")}.`,
  );
}

/** The WebAssembly module listens for the process's uncaught errors; they are the program's to handle. */
async function withoutListeners(load: () => Promise<void>): Promise<void> {
  const events = ["uncaughtException", "unhandledRejection"] as const;
  const before = events.map((event) => process.listeners(event as "uncaughtException"));
  await load();
  events.forEach((event, index) => {
    for (const listener of process.listeners(event as "uncaughtException")) {
      if (before[index]?.includes(listener) !== true) process.off(event, listener);
    }
  });
}
