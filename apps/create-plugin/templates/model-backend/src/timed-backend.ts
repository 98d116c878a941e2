import type { LanguageModel, Logger, ModelBackend, TokenSampler } from "@topogenie/core";
import { Stopwatch } from "./stopwatch.js";

/** Another backend, with the time of every call added up; says where it went when it is put away. */
export function timedBackend(inner: ModelBackend, logger: Logger): ModelBackend {
  const watch = new Stopwatch();
  return {
    capabilities: () => {
      const { engine, ...rest } = inner.capabilities();
      return { engine: `${engine}, timed`, ...rest };
    },
    create: async (config, seed) => timedModel(await watch.time("create", () => inner.create(config, seed)), watch),
    load: async (state) => timedModel(await watch.time("load", () => inner.load(state)), watch),
    // What was asked of the context with use() is the host's to put away, not ours.
    dispose: () => {
      for (const line of watch.lines()) logger.info(line);
      return Promise.resolve();
    },
  };
}

function timedModel(model: LanguageModel, watch: Stopwatch): LanguageModel {
  return {
    config: model.config,
    parameterCount: model.parameterCount,
    trainStep: (batch, settings) => watch.time("trainStep", () => model.trainStep(batch, settings)),
    evaluate: (batch) => watch.time("evaluate", () => model.evaluate(batch)),
    logits: (batch) => watch.time("logits", () => model.logits(batch)),
    sampler: async (rows) => timedSampler(await watch.time("sampler", () => model.sampler(rows)), watch),
    save: () => watch.time("save", () => model.save()),
    dispose: () => model.dispose(),
  };
}

function timedSampler(sampler: TokenSampler, watch: Stopwatch): TokenSampler {
  return {
    get rows() {
      return sampler.rows;
    },
    step: (tokens) => watch.time("sampler.step", () => sampler.step(tokens)),
    keep: (rows) => sampler.keep(rows),
    dispose: () => sampler.dispose(),
  };
}
