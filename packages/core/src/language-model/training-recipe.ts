import { createHash } from "node:crypto";
import { z } from "zod";
import { TopogenieError } from "../runtime/error.js";
import type { Checkpoint } from "./checkpoint.js";
import { gptParameters, resolveGptConfig } from "./gpt-parameters.js";
import type { TrainingOptions } from "./training-loop.js";

const loopStateSchema = z.object({
  recipe: z.record(z.string(), z.string()),
  position: z.object({ epoch: z.int(), batch: z.int() }),
  tokens: z.int(),
  loss: z.number().optional(),
  validationLoss: z.number().optional(),
  bestValidationLoss: z.number().optional(),
  validationsSinceBest: z.int(),
  /** Ended early: there is nothing to resume. */
  ended: z.boolean(),
});

/** What a checkpoint keeps of the training loop: with the model's state and the recipe it decides all later steps. */
export type LoopState = z.output<typeof loopStateSchema>;

/** Everything that decides the weights of a training, as words, so that a recipe that changed can be told by its part. */
export function recipeOf(options: TrainingOptions): Record<string, string> {
  const {
    config,
    from,
    seed,
    batch,
    steps,
    schedule,
    optimizer,
    averaging,
    evaluateEvery,
    patience,
    corpusHash,
    vocabulary,
    validation,
  } = options;
  return {
    config: JSON.stringify(resolveGptConfig(config)),
    ...(from === undefined ? {} : { from: weightsHash(from) }),
    seed: String(seed),
    batch: `${batch.rows} x ${batch.length}`,
    steps: String(steps),
    schedule: JSON.stringify(schedule),
    optimizer: JSON.stringify(optimizer),
    ...(averaging === undefined ? {} : { averaging: JSON.stringify(averaging) }),
    evaluateEvery: String(evaluateEvery),
    patience: String(patience),
    corpusHash,
    vocabulary: sha256(JSON.stringify(vocabulary)),
    validation: sha256(JSON.stringify(validation.map((document) => [...document]))),
  };
}

/** Throws `TRAINING_RECIPE_CHANGED` naming the part that differs. */
export function restoreLoopState(saved: unknown, recipe: Readonly<Record<string, string>>, folder: string): LoopState {
  const parsed = loopStateSchema.safeParse(saved);
  if (!parsed.success) {
    throw new TopogenieError(
      "TRAINING_RECIPE_CHANGED",
      `${folder} was not kept by a training, so that none can go on from it: train without resuming.`,
    );
  }
  for (const part of new Set([...Object.keys(recipe), ...Object.keys(parsed.data.recipe)])) {
    const before = parsed.data.recipe[part] ?? "not set";
    const now = recipe[part] ?? "not set";
    if (before === now) continue;
    throw new TopogenieError(
      "TRAINING_RECIPE_CHANGED",
      `The checkpoint ${folder} cannot be trained further, as "${part}" was ${before} and is now ${now}: ` +
        "set it back, or train without resuming.",
    );
  }
  return parsed.data;
}

function weightsHash({ state }: Checkpoint): string {
  const hash = createHash("sha256");
  for (const { name } of gptParameters(state.config)) {
    const { buffer, byteOffset, byteLength } = state.tensors.get(name)?.data ?? new Float32Array();
    hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  }
  return hash.digest("hex");
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
