import type { BackendCapabilities, GptConfig, LanguageModel, Logger, ModelBackend, ModelState } from "@topogenie/core";
import { initialWeights, silentLogger } from "@topogenie/core";
import { z } from "zod";
import type { Engine } from "./engine.js";
import { loadEngine } from "./engine.js";
import { OnnxLanguageModel } from "./onnx-language-model.js";

export const onnxBackendOptions = z.strictObject({
  threads: z.int().min(1).default(2).describe("Threads that share each product; results are the same bits for the same number."),
  engine: z
    .enum(["auto", "native", "wasm"])
    .default("auto")
    .describe(
      "native: onnxruntime-node; wasm: onnxruntime-web; auto: native, or wasm with a warning where there is no native library.",
    ),
  provider: z
    .enum(["cpu", "cuda", "webgpu"])
    .default("cpu")
    .describe(
      "Who runs the graphs of the native library: the processor, an NVIDIA GPU (cuda; the library's CUDA files must be installed), or any GPU that WebGPU reaches.",
    ),
});

export type OnnxBackendOptions = z.output<typeof onnxBackendOptions>;

/** Trains and samples on onnxruntime; the library is loaded here and not before. */
export async function createOnnxBackend(
  options: Partial<OnnxBackendOptions> = {},
  logger: Logger = silentLogger,
): Promise<ModelBackend> {
  return new OnnxBackend(await loadEngine(onnxBackendOptions.parse(options), logger));
}

class OnnxBackend implements ModelBackend {
  readonly #engine: Engine;
  readonly #models = new Set<LanguageModel>();

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  capabilities(): BackendCapabilities {
    const { name, version, device, threads } = this.#engine;
    return { engine: name, version, device, threads };
  }

  create(config: GptConfig, seed: number): Promise<LanguageModel> {
    return this.load({ config, step: 0, tensors: initialWeights(config, seed) });
  }

  load(state: ModelState): Promise<LanguageModel> {
    const model = new OnnxLanguageModel(this.#engine, state, (disposed) => this.#models.delete(disposed));
    this.#models.add(model);
    return Promise.resolve(model);
  }

  async dispose(): Promise<void> {
    for (const model of this.#models) await model.dispose();
  }
}
