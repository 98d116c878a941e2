import type { Logger } from "@topogenie/core";
import { TopogenieError } from "@topogenie/core";
import type { InferenceSession, Tensor, TensorConstructor } from "onnxruntime-common";
import { OnnxGraph } from "./onnx/graph.js";

/** Who runs the graphs. */
export interface Engine {
  readonly name: "onnxruntime-node" | "onnxruntime-web";
  readonly version: string;
  readonly device: "cpu" | "wasm" | GpuProvider;
  readonly threads: number;
  /** Whether results are written into tensors that a run is given for them; otherwise a run makes its own. */
  readonly fillsGivenTensors: boolean;
  /** Whether results can stay on the device, to be given to another run. */
  readonly keepsOnDevice: boolean;
  readonly Tensor: TensorConstructor;
  /** @param deviceOutputs outputs that stay on the device, where the engine can keep them */
  createSession(model: Uint8Array, deviceOutputs?: readonly string[]): Promise<InferenceSession>;
}

export type GpuProvider = "cuda" | "webgpu";

export interface EngineOptions {
  /** `auto`: native, or WebAssembly where there is no native library for this machine. */
  readonly engine: "auto" | "native" | "wasm";
  /** Who runs the graphs of the native library. */
  readonly provider: "cpu" | GpuProvider;
  readonly threads: number;
}

/** Loads a library only when it is asked for; tests put one in its place that fails to load. */
export type ImportLibrary = (name: "onnxruntime-node" | "onnxruntime-web") => Promise<typeof import("onnxruntime-common")>;

/** Sessions that hold the devices. */
const kept: InferenceSession[] = [];

const gpuRemedy: Readonly<Record<GpuProvider, string>> = {
  webgpu: "WebGPU needs a GPU with a driver for Vulkan (Linux), Direct3D 12 (Windows) or Metal (macOS)",
  cuda:
    "CUDA needs Linux on x64, CUDA 12, cuDNN 9, and the CUDA files of onnxruntime-node, which come from outside the npm registry: " +
    "ONNXRUNTIME_NODE_INSTALL=cuda12 npm rebuild onnxruntime-node",
};

/**
 * Throws `MODEL_ENGINE_MISSING` where a library was asked for that cannot be loaded, and `MODEL_DEVICE_MISSING` where a GPU was
 * asked for that cannot be used: only the processor has something to fall back to.
 */
export async function loadEngine(
  options: EngineOptions,
  logger: Logger,
  importLibrary: ImportLibrary = async (name) =>
    name === "onnxruntime-node" ? import("onnxruntime-node") : import("onnxruntime-web"),
): Promise<Engine> {
  const { engine, provider, threads } = options;
  if (engine === "wasm" && provider !== "cpu") {
    throw new TopogenieError(
      "MODEL_DEVICE_MISSING",
      `WebAssembly does not reach a GPU: for the provider ${provider} set the model's option engine to native or auto.`,
    );
  }
  if (engine === "wasm") return wasmEngine(threads, importLibrary);
  try {
    const native = await nativeEngine(provider, threads, importLibrary);
    if (provider !== "cpu") await mustRun(native, provider);
    return native;
  } catch (error) {
    if (error instanceof TopogenieError) throw error;
    const reason = firstLine(error);
    if (engine === "native" || provider !== "cpu") {
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
    return wasmEngine(threads, importLibrary);
  }
}

async function nativeEngine(provider: EngineOptions["provider"], threads: number, importLibrary: ImportLibrary): Promise<Engine> {
  const ort = await importLibrary("onnxruntime-node");
  // What goes wrong is thrown too; a provider that is tried and missing should not be shouted about.
  ort.env.logLevel = "fatal";
  const keepsOnDevice = provider === "webgpu";
  return {
    name: "onnxruntime-node",
    version: ort.env.versions.node ?? "",
    device: provider,
    threads,
    fillsGivenTensors: true,
    keepsOnDevice,
    Tensor: ort.Tensor,
    createSession: (model, deviceOutputs = []) =>
      ort.InferenceSession.create(model, {
        executionProviders: [provider],
        executionMode: "sequential",
        intraOpNumThreads: threads,
        interOpNumThreads: 1,
        graphOptimizationLevel: "all",
        logSeverityLevel: 3,
        ...(keepsOnDevice && deviceOutputs.length > 0
          ? { preferredOutputLocation: Object.fromEntries(deviceOutputs.map((name) => [name, "gpu-buffer" as const])) }
          : {}),
        // Threads that wait longer than this sleep: on a busy machine long spinning takes the cores from whom it waits for.
        extra: { "session.intra_op.spin_duration_us": "100" },
      }),
  };
}

/**
 * Runs the least graph that there is: a missing GPU, driver or library shows here, before anything was begun. Its session is
 * never released: with the last one the library gives up the device, and with it the tensors that are still there.
 */
async function mustRun(engine: Engine, provider: GpuProvider): Promise<void> {
  try {
    const graph = new OnnxGraph();
    const x = graph.input("x", "float32", [2]);
    graph.output("y", graph.emit("Add", [x, x], [2]));
    const session = await engine.createSession(graph.encode());
    await session.run({ x: tensorOver(engine, Float32Array.of(1, 2), [2]) });
    kept.push(session);
  } catch (error) {
    throw new TopogenieError(
      "MODEL_DEVICE_MISSING",
      `onnxruntime cannot use the provider ${provider} on this machine: ${firstLine(error)}. ${gpuRemedy[provider]}. ` +
        "Without one, leave the model's option provider out: the processor is used.",
      { cause: error },
    );
  }
}

async function wasmEngine(threads: number, importLibrary: ImportLibrary): Promise<Engine> {
  const ort = await importLibrary("onnxruntime-web");
  ort.env.wasm.numThreads = threads;
  return {
    name: "onnxruntime-web",
    version: ort.env.versions.web ?? "",
    device: "wasm",
    threads,
    fillsGivenTensors: false,
    keepsOnDevice: false,
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
    const reason = firstLine(error);
    if (!/alloc|out of memory/i.test(reason)) throw error;
    throw new TopogenieError(
      "MODEL_OUT_OF_MEMORY",
      `The model ran out of memory (${reason}). Lower the batch's rows or length, or the model's width or layers.`,
      { cause: error },
    );
  }
}

function firstLine(error: unknown): string {
  const line = (error instanceof Error ? error.message : String(error)).split("\n")[0] ?? "";
  // Of a check in the library's source only what it says is of use.
  return line.replace(/^\/.* was false\. /, "");
}
