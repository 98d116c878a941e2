import type {
  GptConfig,
  LanguageModel,
  ModelBackend,
  ModelState,
  OptimizerSettings,
  TokenBatch,
} from "../contracts/model-backend.js";
import { firstMoment } from "../language-model/model-state.js";
import { batchOf, packDocuments } from "../language-model/packing.js";
import { createRng } from "../runtime/rng.js";
import { behaviour, type BehaviourCheck, type ConformanceCheck, promise } from "./conformance-check.js";
import { type CreateBackend, difference, TOLERANCE } from "./model-backend/fixtures.js";

const plain: GptConfig = { layers: 2, heads: 2, width: 32, context: 40, vocabularySize: 20, dropout: 0 };

/** AnalogGenie's network and the modern one, and between them every variant of the config. */
const networks: Readonly<Record<string, GptConfig>> = {
  "the plain network": plain,
  "the modern network": { ...plain, norm: "rms", positions: "rotary", activation: "squared-relu", qkNorm: true },
  "SwiGLU and a tied head": { ...plain, norm: "rms", positions: "rotary", activation: "swiglu", tiedHead: true },
  "GELU and dropout": { ...plain, activation: "gelu", dropout: 0.2 },
};

const settings: OptimizerSettings = { learningRate: 3e-3, weightDecay: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 1e-8, clipNorm: 1 };
const ROW = 32;
const STEPS_TO_CHECKPOINT = 30;
const STEPS = 20;
const SENTENCES = 4;
const SENTENCE_LENGTH = 24;

/** Of a weight's largest gradient. */
const GRADIENT_TOLERANCE = 1e-3;

/**
 * Whether a backend computes what another one computes, as tests for any framework: `for (const { name, run } of …) it(name, run)`.
 * Both load one checkpoint that the reference backend trained: then their logits agree, their gradients, their losses over 20 more
 * steps, and the sentences that they write when always the likeliest token is taken.
 */
export function modelBackendParity(createBackend: CreateBackend, createReference: CreateBackend): readonly ConformanceCheck[] {
  const checks = Object.entries(networks).flatMap(([title, config]) => {
    let trained: Promise<ModelState> | undefined;
    const test = (name: string, body: (model: LanguageModel, expected: LanguageModel) => Promise<void>): BehaviourCheck => ({
      name: `${title}: ${name}`,
      run: async () => {
        const reference = await createReference();
        const backend = await createBackend();
        try {
          trained ??= checkpoint(reference, config);
          const state = await trained;
          await body(await backend.load(state), await reference.load(state));
        } finally {
          await backend.dispose();
          await reference.dispose();
        }
      },
    });
    return [
      test("the same logits", async (model, expected) => {
        const batch = trainingBatch(STEPS_TO_CHECKPOINT);
        const worst = difference(await model.logits(batch), await expected.logits(batch));
        promise(worst < TOLERANCE, `logits from one checkpoint agree to ${TOLERANCE}: they differ by ${worst}`);
      }),
      test("the same gradient of every weight", async (model, expected) => {
        // Without memory of past gradients the first moment that is saved is the gradient, clipped.
        const forgetful = { ...settings, beta1: 0, beta2: 0 };
        const batch = trainingBatch(STEPS_TO_CHECKPOINT);
        for (const one of [model, expected]) await one.trainStep(batch, forgetful);
        const found = (await model.save()).tensors;
        for (const [name, { data }] of (await expected.save()).tensors) {
          if (!name.startsWith(firstMoment(""))) continue;
          const largest = data.reduce((peak, value) => Math.max(peak, Math.abs(value)), 0);
          const worst = difference(found.get(name)?.data ?? new Float32Array(), data);
          promise(
            largest > 0 && worst <= GRADIENT_TOLERANCE * largest,
            `the gradient in ${name} is the same: of ${largest} at most, it differs by ${worst}`,
          );
        }
      }),
      test(`the same loss over ${STEPS} training steps`, async (model, expected) => {
        for (let step = 0; step < STEPS; step++) {
          const batch = trainingBatch(STEPS_TO_CHECKPOINT + step);
          const found = await model.trainStep(batch, settings);
          const wanted = await expected.trainStep(batch, settings);
          promise(
            Math.abs(found.loss - wanted.loss) < TOLERANCE,
            `the losses of step ${step + 1} after the checkpoint agree to ${TOLERANCE}: ${found.loss} and ${wanted.loss}`,
          );
          promise(
            Math.abs(found.gradientNorm / wanted.gradientNorm - 1) < 1e-2,
            `the norms of the gradient of step ${step + 1} agree to 1 %: ${found.gradientNorm} and ${wanted.gradientNorm}`,
          );
        }
      }),
      test("the same sentences of likeliest tokens", async (model, expected) => {
        const found = await greedySentences(model);
        const wanted = await greedySentences(expected);
        promise(found.join(" | ") === wanted.join(" | "), `both write "${wanted.join(" | ")}": it wrote "${found.join(" | ")}"`);
      }),
    ];
  });
  return behaviour("model-backend", "parity", checks);
}

async function checkpoint(backend: ModelBackend, config: GptConfig): Promise<ModelState> {
  const model = await backend.create(config, 11);
  for (let step = 0; step < STEPS_TO_CHECKPOINT; step++) await model.trainStep(trainingBatch(step), settings);
  const state = await model.save();
  await model.dispose();
  return state;
}

/** Two packed rows of sentences that follow a rule: some words go up by a stride of their own, and wrap around. */
function trainingBatch(step: number): TokenBatch {
  const rng = createRng("parity").fork(step);
  const words = plain.vocabularySize - 3;
  const documents = Array.from({ length: 5 }, () => {
    const first = rng.integer(words);
    const stride = 1 + (first % 3);
    return Int32Array.from([1, ...Array.from({ length: 5 + rng.integer(8) }, (_, at) => 3 + ((first + stride * at) % words)), 2]);
  });
  return batchOf(packDocuments(documents, ROW).rows.slice(0, 2), 2, ROW);
}

/** Sentences that begin with different words and go on with the likeliest token each time, whether they end or not. */
async function greedySentences(model: LanguageModel): Promise<string[]> {
  const size = model.config.vocabularySize;
  const sampler = await model.sampler(SENTENCES);
  await sampler.step(new Int32Array(SENTENCES).fill(1));
  const sentences = Array.from({ length: SENTENCES }, (_, row) => [3 + 4 * row]);
  while ((sentences[0] as number[]).length < SENTENCE_LENGTH) {
    const logits = await sampler.step(Int32Array.from(sentences, (sentence) => sentence.at(-1) as number));
    sentences.forEach((sentence, row) => {
      const own = logits.subarray(row * size, (row + 1) * size);
      sentence.push(own.reduce((best, logit, token) => (logit > (own[best] as number) ? token : best), 0));
    });
  }
  await sampler.dispose();
  return sentences.map((sentence) => sentence.join(" "));
}
