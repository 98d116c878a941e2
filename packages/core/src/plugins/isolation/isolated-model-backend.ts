import { z } from "zod";
import type { GptConfig, LanguageModel, ModelBackend, TokenSampler } from "../../contracts/model-backend.js";
import { guarded } from "./guarded.js";
import type { Seam } from "./seam.js";
import { expectShape, isObject } from "./shape.js";

const capabilities = z.looseObject({
  engine: z.string().min(1),
  version: z.string().min(1),
  device: z.string().min(1),
  threads: z.number().min(1),
  network: z.enum(["gpt", "own"]).optional(),
});

export function isolatedModelBackend(backend: ModelBackend, seam: Seam): ModelBackend {
  const able = seam.call("capabilities", () => backend.capabilities());
  expectShape(seam, "capabilities", capabilities, able);
  const { modelMs } = seam.patience;
  return guarded<ModelBackend>({
    capabilities: () => able,
    create: async (config, seed) =>
      isolatedModel(await seam.answer("create", modelMs, () => backend.create(config, seed)), config, seam),
    load: async (state) => isolatedModel(await seam.answer("load", modelMs, () => backend.load(state)), state.config, seam),
    dispose: () => seam.dispose("dispose", () => backend.dispose()),
  });
}

function isolatedModel(model: LanguageModel, config: GptConfig, seam: Seam): LanguageModel {
  const { modelMs } = seam.patience;
  const disposed = seam.handOut("model");
  return guarded<LanguageModel>({
    config: model.config,
    parameterCount: model.parameterCount,
    trainStep: async (batch, settings) => {
      const result = await seam.answer("trainStep", modelMs, () => model.trainStep(batch, settings));
      const sane = isObject(result) && Number.isFinite(result.loss) && Number.isFinite(result.gradientNorm);
      seam.expect(sane, "trainStep", () => `loss and gradientNorm must be finite: ${JSON.stringify(result)}`);
      return result;
    },
    evaluate: async (batch) => {
      const result = await seam.answer("evaluate", modelMs, () => model.evaluate(batch));
      seam.expect(isObject(result) && typeof result.loss === "number", "evaluate", () => "a loss is expected");
      return result;
    },
    logits: async (batch) => {
      const logits = await seam.answer("logits", modelMs, () => model.logits(batch));
      expectCount(logits, batch.rows * batch.length * config.vocabularySize, "logits", seam);
      return logits;
    },
    sampler: async (rows) => isolatedSampler(await seam.answer("sampler", modelMs, () => model.sampler(rows)), config, seam),
    save: async () => {
      const state = await seam.answer("save", modelMs, () => model.save());
      seam.expect(isObject(state) && state.tensors instanceof Map, "save", () => "a state with a map of tensors is expected");
      return state;
    },
    dispose: () => {
      disposed();
      return seam.dispose("model.dispose", () => model.dispose());
    },
  });
}

function isolatedSampler(sampler: TokenSampler, config: GptConfig, seam: Seam): TokenSampler {
  const disposed = seam.handOut("sampler");
  return guarded<TokenSampler>({
    get rows() {
      return sampler.rows;
    },
    step: async (tokens) => {
      const logits = await seam.answer("sampler.step", seam.patience.modelMs, () => sampler.step(tokens));
      expectCount(logits, tokens.length * config.vocabularySize, "sampler.step", seam);
      return logits;
    },
    keep: (rows) => seam.call("sampler.keep", () => sampler.keep(rows)),
    dispose: () => {
      disposed();
      return seam.dispose("sampler.dispose", () => sampler.dispose());
    },
  });
}

function expectCount(logits: unknown, count: number, method: string, seam: Seam): void {
  seam.expect(
    logits instanceof Float32Array && logits.length === count,
    method,
    () => `a Float32Array of ${count} logits is expected`,
  );
}
