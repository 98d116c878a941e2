import { batchOf, packDocuments } from "../language-model/packing.js";
import type { GptConfig, LanguageModel, ModelBackend, OptimizerSettings, TokenBatch } from "../contracts/model-backend.js";
import { TopogenieError } from "../runtime/error.js";
import type { ConformanceCheck } from "./conformance-check.js";
import { promise } from "./conformance-check.js";

const config: GptConfig = { layers: 2, heads: 2, width: 16, context: 24, vocabularySize: 12, dropout: 0 };
const modern: GptConfig = { ...config, norm: "rms", positions: "rotary", activation: "swiglu", qkNorm: true, tiedHead: true };
const settings: OptimizerSettings = { learningRate: 1e-2, weightDecay: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 1e-8, clipNorm: 1 };
const documents = [
  [1, 3, 4, 5, 6, 7, 2],
  [1, 8, 9, 8, 9, 8, 9, 2],
  [1, 10, 11, 2],
  [1, 5, 5, 5, 6, 6, 2],
].map((tokens) => Int32Array.from(tokens));

/** Every backend gives the same numbers to this, on the same weights. */
const TOLERANCE = 1e-4;

/** What {@link ModelBackend} promises, as tests for any framework: `for (const { name, run } of …) it(name, run)`. */
export function modelBackendConformance(createBackend: () => ModelBackend | Promise<ModelBackend>): ConformanceCheck[] {
  const test = (name: string, body: (backend: ModelBackend) => Promise<void>): ConformanceCheck => ({
    name,
    run: async () => {
      const backend = await createBackend();
      try {
        await body(backend);
      } finally {
        await backend.dispose();
      }
    },
  });
  return [
    test("capabilities name the engine, its version, the device and the threads", (backend) => {
      const { engine, version, device, threads } = backend.capabilities();
      promise([engine, version, device].every((word) => word !== "") && threads >= 1, "every capability has a value");
      return Promise.resolve();
    }),
    test("the same seed gives the same weights, another seed others", async (backend) => {
      const [one, same, other] = await Promise.all([1, 1, 2].map((seed) => backend.create(config, seed)));
      const [a, b, c] = await Promise.all([one, same, other].map((model) => weightsOf(model as LanguageModel)));
      promise(difference(a ?? [], b ?? []) === 0, "two models of one seed have equal weights");
      promise(difference(a ?? [], c ?? []) > 0, "models of two seeds have different weights");
    }),
    ...[config, modern].map((variant) =>
      test(`training lowers the loss (${variant.norm ?? "layer"} norm)`, async (backend) => {
        const model = await backend.create(variant, 1);
        const batch = packed(documents);
        const { loss: before } = await model.evaluate(batch);
        promise(
          Math.abs(before - Math.log(variant.vocabularySize)) < 0.3,
          `an untrained model knows nothing: its loss ${before} is near ln(vocabulary)`,
        );
        for (let step = 0; step < 60; step++) await model.trainStep(batch, settings);
        const { loss, targets } = await model.evaluate(batch);
        promise(loss < before / 2, `60 steps on one batch halve its loss: ${before} became ${loss}`);
        promise(
          targets === documents.reduce((sum, { length }) => sum + length - 1, 0),
          `evaluate counts the targets: ${targets}`,
        );
      }),
    ),
    test("trainStep reports the loss before the update, and evaluate agrees with it", async (backend) => {
      const model = await backend.create(config, 1);
      const batch = packed(documents);
      const { loss: evaluated } = await model.evaluate(batch);
      const { loss, gradientNorm } = await model.trainStep(batch, settings);
      promise(Math.abs(loss - evaluated) < TOLERANCE, `the two losses agree: ${loss} and ${evaluated}`);
      promise(gradientNorm > 0, "the norm of the gradient is positive");
    }),
    test("the loss is the mean cross-entropy of the logits", async (backend) => {
      const model = await backend.create(config, 3);
      const batch = packed(documents);
      const expected = crossEntropy(await model.logits(batch), batch, config.vocabularySize);
      const { loss } = await model.evaluate(batch);
      promise(Math.abs(loss - expected) < TOLERANCE, `the loss is ${expected}: it was ${loss}`);
    }),
    test("documents that share a row do not see each other", async (backend) => {
      const model = await backend.create(config, 1);
      const together = packed(documents);
      const logits = await model.logits(together);
      for (const document of documents) {
        const alone = batchOf([[document]], 1, config.context);
        const expected = await model.logits(alone);
        const at = placeOf(together, document);
        const places = (document.length - 1) * config.vocabularySize;
        const found = logits.subarray(at * config.vocabularySize, at * config.vocabularySize + places);
        const worst = difference(found, expected.subarray(0, places));
        promise(worst < TOLERANCE, `a document's logits are the same in a packed row and alone: they differ by ${worst}`);
      }
    }),
    ...[config, modern].map((variant) =>
      test(`a sampler's logits are those of the whole sentence (${variant.positions ?? "learned"} positions)`, async (backend) => {
        const model = await backend.create(variant, 1);
        const sentences = [documents[0], documents[1], documents[3]].map((document) => (document as Int32Array).slice(0, 6));
        const batch = batchOf(
          sentences.map((sentence) => [sentence]),
          sentences.length,
          5,
        );
        const whole = await model.logits(batch);
        const sampler = await model.sampler(3);
        let rows = [0, 1, 2];
        for (let place = 0; place < 5; place++) {
          if (place === 3) {
            sampler.keep([0, 2]);
            rows = [0, 2];
          }
          promise(sampler.rows === rows.length, "a sampler knows how many rows it has");
          const logits = await sampler.step(Int32Array.from(rows, (row) => sentences[row]?.[place] ?? 0));
          rows.forEach((row, index) => {
            const size = variant.vocabularySize;
            const from = (row * 5 + place) * size;
            const worst = difference(logits.subarray(index * size, (index + 1) * size), whole.subarray(from, from + size));
            promise(
              worst < TOLERANCE,
              `row ${row} at place ${place} has the logits of the whole sentence: they differ by ${worst}`,
            );
          });
        }
        await sampler.dispose();
      }),
    ),
    test("a long row's logits are those of the same sentence token by token", async (backend) => {
      const long = { ...config, context: 300 };
      const model = await backend.create(long, 2);
      const sentence = Int32Array.from({ length: 300 }, (_, index) => (index === 0 ? 1 : 3 + ((index * index) % 9)));
      const whole = await model.logits(batchOf([[sentence]], 1, 299));
      const sampler = await model.sampler(1);
      for (let place = 0; place < 299; place++) {
        const logits = await sampler.step(sentence.subarray(place, place + 1));
        const worst = difference(logits, whole.subarray(place * long.vocabularySize, (place + 1) * long.vocabularySize));
        promise(worst < TOLERANCE, `the logits at place ${place} agree: they differ by ${worst}`);
      }
      await sampler.dispose();
    }),
    test("a sampler made after training has the trained weights", async (backend) => {
      const model = await backend.create(config, 1);
      const batch = batchOf([[documents[0] as Int32Array]], 1, config.context);
      const first = async (): Promise<Float32Array> => {
        const sampler = await model.sampler(1);
        const logits = (await sampler.step(Int32Array.of(1))).slice();
        await sampler.dispose();
        return logits;
      };
      await first();
      await model.trainStep(batch, settings);
      const worst = difference(await first(), (await model.logits(batch)).subarray(0, config.vocabularySize));
      promise(worst < TOLERANCE, `its logits are the trained model's: they differ by ${worst}`);
    }),
    test("a saved state is a copy, and a loaded model trains on as if it had never stopped", async (backend) => {
      const model = await backend.create({ ...config, dropout: 0.1 }, 1);
      const batch = packed(documents);
      for (let step = 0; step < 3; step++) await model.trainStep(batch, settings);
      const state = await model.save();
      promise(state.step === 3, `the state counts the steps: ${state.step}`);
      const before = state.tensors.get("head")?.data.slice() ?? new Float32Array();
      const loaded = await backend.load(state);
      for (let step = 0; step < 3; step++) {
        await model.trainStep(batch, settings);
        await loaded.trainStep(batch, settings);
      }
      promise(difference(before, state.tensors.get("head")?.data ?? []) === 0, "later steps do not change a saved state");
      promise(difference(await weightsOf(model), await weightsOf(loaded)) === 0, "both have the same weights, bit for bit");
    }),
    test("a loss that is not finite is an error and leaves the weights as they were", async (backend) => {
      const broken = await backend.create(config, 1);
      const state = await broken.save();
      state.tensors.get("head.bias")?.data.fill(Number.NaN);
      const model = await backend.load(state);
      const before = await weightsOf(model);
      const error = await model.trainStep(packed(documents), settings).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      promise(error instanceof TopogenieError && error.code === "MODEL_LOSS_NOT_FINITE", "it throws MODEL_LOSS_NOT_FINITE");
      const after = await weightsOf(model);
      promise(
        before.every((value, index) => Object.is(value, after[index])),
        "the weights are as they were",
      );
    }),
  ];
}

function packed(all: readonly Int32Array[]): TokenBatch {
  const { rows } = packDocuments(all, config.context);
  return batchOf(rows, rows.length, config.context);
}

/** Where a document begins in a batch. */
function placeOf(batch: TokenBatch, document: Int32Array): number {
  for (let at = 0; at < batch.tokens.length; at++) {
    if (batch.positions[at] === 0 && document.subarray(1).every((token, index) => batch.targets[at + index] === token)) return at;
  }
  throw new Error("The document is not in the batch.");
}

async function weightsOf(model: LanguageModel): Promise<number[]> {
  const { tensors } = await model.save();
  return [...tensors].filter(([name]) => !name.startsWith("adam.")).flatMap(([, { data }]) => [...data]);
}

function crossEntropy(logits: Float32Array, { targets }: TokenBatch, classes: number): number {
  let sum = 0;
  let count = 0;
  targets.forEach((target, place) => {
    if (target < 0) return;
    const row = logits.subarray(place * classes, (place + 1) * classes);
    const peak = Math.max(...row);
    sum += peak + Math.log(row.reduce((total, logit) => total + Math.exp(logit - peak), 0)) - (row[target] as number);
    count++;
  });
  return sum / count;
}

function difference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  let worst = 0;
  for (let index = 0; index < a.length; index++) worst = Math.max(worst, Math.abs((a[index] as number) - (b[index] as number)));
  return worst;
}
