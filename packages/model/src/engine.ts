import type { Logger } from "@topogenie/core";
import { TopogenieError } from "@topogenie/core";
import type { InferenceSession, Tensor, TensorConstructor } from "onnxruntime-common";

/** Who runs the graphs. */
export interface Engine {
  readonly name: "onnxruntime-node" | "onnxruntime-web";
  readonly version: string;
  readonly threads: number;
  /** Whether results are written into tensors that a run is given for them; otherwise a run makes its own. */
  readonly fillsGivenTensors: boolean;
  readonly Tensor: TensorConstructor;
  createSession(model: Uint8Array): Promise<InferenceSession>;
}

export interface EngineOptions {
  /** `auto`: native, or WebAssembly where there is no native library for this machine. */
  readonly engine: "auto" | "native" | "wasm";
  readonly threads: number;
}

/** Loads a library only when it is asked for; tests put one in its place that fails to load. */
export type ImportLibrary = (name: "onnxruntime-node" | "onnxruntime-web") => Promise<typeof import("onnxruntime-common")>;

export async function loadEngine(
  options: EngineOptions,
  logger: Logger,
  importLibrary: ImportLibrary = async (name) =>
    name === "onnxruntime-node" ? import("onnxruntime-node") : import("onnxruntime-web"),
): Promise<Engine> {
  if (options.engine === "wasm") return wasmEngine(options.threads, importLibrary);
  try {
    return await nativeEngine(options.threads, importLibrary);
  } catch (error) {
    const reason = (error as Error).message.split("\n")[0] ?? "";
    if (options.engine === "native") {
      throw new TopogenieError(
        "MODEL_ENGINE_MISSING",
        `onnxruntime-node cannot be loaded on ${process.platform} ${process.arch}: ${reason}. ` +
          "Install it again with ONNXRUNTIME_NODE_INSTALL=skip, or set the model's option engine to auto or wasm.",
        { cause: error },
      );
    }
    logger.warn(
      `onnxruntime-node has no library that loads on ${process.platform} ${process.arch} (${reason}): ` +
        "the model runs on WebAssembly instead, at a third to a fifth of the speed.",
    );
    return wasmEngine(options.threads, importLibrary);
  }
}

async function nativeEngine(threads: number, importLibrary: ImportLibrary): Promise<Engine> {
  const ort = await importLibrary("onnxruntime-node");
  return {
    name: "onnxruntime-node",
    version: ort.env.versions.node ?? "",
    threads,
    fillsGivenTensors: true,
    Tensor: ort.Tensor,
    createSession: (model) =>
      ort.InferenceSession.create(model, {
        executionProviders: ["cpu"],
        executionMode: "sequential",
        intraOpNumThreads: threads,
        interOpNumThreads: 1,
        graphOptimizationLevel: "all",
        logSeverityLevel: 3,
        // Threads that wait longer than this sleep: on a busy machine long spinning takes the cores from whom it waits for.
        extra: { "session.intra_op.spin_duration_us": "100" },
      }),
  };
}

async function wasmEngine(threads: number, importLibrary: ImportLibrary): Promise<Engine> {
  const ort = await importLibrary("onnxruntime-web");
  ort.env.wasm.numThreads = threads;
  return {
    name: "onnxruntime-web",
    version: ort.env.versions.web ?? "",
    threads,
    fillsGivenTensors: false,
    Tensor: ort.Tensor,
    createSession: (model) =>
      ort.InferenceSession.create(model, { executionProviders: ["wasm"], graphOptimizationLevel: "all", logSeverityLevel: 3 }),
  };
}

/** A tensor over memory that the caller keeps: it is read, or written into, in place. */
export function tensorOver(engine: Engine, data: Float32Array | Int32Array | Uint8Array, shape: readonly number[]): Tensor {
  if (data instanceof Float32Array) return new engine.Tensor("float32", data, shape);
  if (data instanceof Int32Array) return new engine.Tensor("int32", data, shape);
  return new engine.Tensor("uint8", data, shape);
}

/** Runs a session; an engine that is out of memory is told apart from one that is broken. */
export async function runSession(
  session: InferenceSession,
  feeds: InferenceSession.FeedsType,
  fetches: InferenceSession.FetchesType,
): Promise<InferenceSession.ReturnType> {
  try {
    return await session.run(feeds, fetches);
  } catch (error) {
    const reason = (error as Error).message;
    if (!/alloc|out of memory/i.test(reason)) throw error;
    throw new TopogenieError(
      "MODEL_OUT_OF_MEMORY",
      `The model ran out of memory (${reason.split("\n")[0] ?? ""}). Lower the batch's rows or length, or the model's width or layers.`,
      { cause: error },
    );
  }
}
