import type { TokenBatch } from "../../contracts/model-backend.js";
import { promise, type BehaviourCheck } from "../conformance-check.js";
import { backendCheck, config, documents, packed, settings, TOLERANCE, type CreateBackend } from "./fixtures.js";

/** The loss is what its name says. */
export function loss(create: CreateBackend): readonly BehaviourCheck[] {
  return [
    backendCheck(create, "trainStep reports the loss before the update, and evaluate agrees with it", async (backend) => {
      const model = await backend.create(config, 1);
      const batch = packed(documents);
      const { loss: evaluated } = await model.evaluate(batch);
      const { loss } = await model.trainStep(batch, settings);
      promise(Math.abs(loss - evaluated) < TOLERANCE, `the two losses agree: ${loss} and ${evaluated}`);
    }),
    backendCheck(create, "the loss is the mean cross-entropy of the logits", async (backend) => {
      const model = await backend.create(config, 3);
      const batch = packed(documents);
      const expected = crossEntropy(await model.logits(batch), batch, config.vocabularySize);
      const { loss } = await model.evaluate(batch);
      promise(Math.abs(loss - expected) < TOLERANCE, `the loss is ${expected}: it was ${loss}`);
    }),
  ];
}

/** What a network learns by. */
export function gradient(create: CreateBackend): readonly BehaviourCheck[] {
  return [
    backendCheck(create, "trainStep reports the norm of the gradient", async (backend) => {
      const model = await backend.create(config, 1);
      const { gradientNorm } = await model.trainStep(packed(documents), settings);
      promise(gradientNorm > 0, `the norm of the gradient is positive: it was ${gradientNorm}`);
    }),
    backendCheck(create, "a target's weight multiplies its part of the loss, and what is learnt from it", async (backend) => {
      const batch = packed(documents);
      const weights = Float32Array.from(batch.targets, (_, place) => (place % 3) - 1);
      const model = await backend.create(config, 3);
      const expected = crossEntropy(await model.logits(batch), { ...batch, weights }, config.vocabularySize);
      const { loss } = await model.evaluate({ ...batch, weights });
      promise(Math.abs(loss - expected) < TOLERANCE, `the weighted loss is ${expected}: it was ${loss}`);
      await model.trainStep({ ...batch, weights }, settings);
      const after = crossEntropy(await model.logits(batch), { ...batch, weights }, config.vocabularySize);
      promise(after < expected, `a step lowers the weighted loss: ${expected} became ${after}`);
    }),
  ];
}

function crossEntropy(logits: Float32Array, { targets, weights }: TokenBatch, classes: number): number {
  let sum = 0;
  let count = 0;
  targets.forEach((target, place) => {
    if (target < 0) return;
    const row = logits.subarray(place * classes, (place + 1) * classes);
    const peak = Math.max(...row);
    const nats = peak + Math.log(row.reduce((total, logit) => total + Math.exp(logit - peak), 0)) - (row[target] as number);
    sum += (weights?.[place] ?? 1) * nats;
    count++;
  });
  return sum / count;
}
