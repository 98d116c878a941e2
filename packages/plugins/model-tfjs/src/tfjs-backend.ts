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
    return Promise.resolve(this.#keep(new TfjsLanguageModel(this.#engine, config, initialWeights(config, seed), 0)));
  }

  load(state: ModelState): Promise<LanguageModel> {
    return Promise.resolve(this.#keep(new TfjsLanguageModel(this.#engine, state.config, state.tensors, state.step)));
  }

  async dispose(): Promise<void> {
    for (const model of this.#models) await model.dispose();
    this.#models.clear();
  }

  #keep(model: LanguageModel): LanguageModel {
    this.#models.add(model);
    return model;
  }
}
