import type { BackendCapabilities, GptConfig, LanguageModel, ModelBackend, ModelState } from "@topogenie/core";
import { initialWeights } from "@topogenie/core";
import type { Engine } from "./engine.js";
import { TfjsLanguageModel } from "./tfjs-language-model.js";

/** Trains and samples on TensorFlow.js. */
export class TfjsBackend implements ModelBackend {
  readonly #engine: Engine;
  readonly #models = new Set<LanguageModel>();

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  capabilities(): BackendCapabilities {
    const { name, version, device, threads } = this.#engine.description;
    return { engine: name, version, device, threads };
  }

  create(config: GptConfig, seed: number): Promise<LanguageModel> {
    return this.load({ config, step: 0, tensors: initialWeights(config, seed) });
  }

  load(state: ModelState): Promise<LanguageModel> {
    const model = new TfjsLanguageModel(this.#engine, state, (disposed) => this.#models.delete(disposed));
    this.#models.add(model);
    return Promise.resolve(model);
  }

  async dispose(): Promise<void> {
    for (const model of this.#models) await model.dispose();
  }
}
