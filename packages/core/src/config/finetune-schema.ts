import { z } from "zod";

const share = z.number().min(0).max(1);
const count = z.number().int().positive();
const name = z.string().min(1);
const budget = z.int().min(0).describe("Simulations for each circuit that is valid and new; 0: judged by rungs 1 to 5 alone.");

/** What `topogenie finetune` is told. */
export const finetuneSchema = z
  .strictObject({
    method: z
      .enum(["expert-iteration", "policy-gradient"])
      .default("expert-iteration")
      .describe("Training on the best of what was written, or a policy gradient on all of it with a leash to the first model."),
    rounds: count.default(3).describe("How often the model writes and is trained on it; train.steps are the steps of a round."),
    simulations: budget.default(200),
    families: z
      .record(name, z.strictObject({ attempts: count.exactOptional(), simulations: budget.exactOptional() }))
      .optional()
      .describe(
        "Families that are asked for in each round, with attempts and simulations of their own where given; needs " +
          "encode.conditions: [family]. Unless given, generate.conditions is asked for, and judged by sizing.family.",
      ),
    rehearsal: share
      .default(0.5)
      .describe("Expert iteration: share of corpus circuits among the sentences, lest it forget them."),
    leash: z
      .number()
      .nonnegative()
      .default(0.05)
      .describe("Policy gradient: reward that a nat of divergence from the first model costs a sentence."),
  })
  .prefault({})
  .describe("Of topogenie finetune.");
