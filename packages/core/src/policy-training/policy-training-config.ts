import { availableParallelism } from "node:os";
import { z } from "zod";

const name = z.string().min(1);
const count = z.number().int().positive();
const options = z.record(z.string(), z.unknown()).default({});

/** What `topogenie train-sizing` is told: sizes circuits of a family, round after round, and learns from each. */
export const policyTrainingSchema = z.strictObject({
  $schema: z.string().optional(),
  tag: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, "a tag is letters, digits, dots, - and _")
    .default("sizing-policy")
    .describe("Name of the run's folder."),
  runs: z.string().min(1).default("runs").describe("Folder of all runs, relative to where the command is started."),
  seed: z.number().int().nonnegative().default(1),
  workers: count
    .default(Math.min(availableParallelism(), 8))
    .describe("Simulations that run at once. Has no influence on results."),
  plugins: z.array(name).default([]).describe("npm packages or files that add plugins; built-in ones need no mention."),
  simulator: z.strictObject({ engine: name.default("ngspice").describe("Simulator."), options }).prefault({}),
  optimizer: name.default("rl").describe("Sizing optimizer that learns across circuits."),
  options: options.describe("Of the optimizer. `policy` continues from a trained policy."),
  family: name.default("opamp").describe("Circuit family whose seed topologies are sized."),
  familyOptions: options,
  maximumDevices: count.optional().describe("Larger circuits are left out."),
  circuits: count.default(16).describe("Circuits to learn from, drawn from the family's seed topologies."),
  heldOut: z
    .number()
    .int()
    .nonnegative()
    .default(8)
    .describe("Further circuits, only sized at the end: with the policy and without."),
  exclude: z.array(name).default([]).describe("Names or titles of seed topologies never to learn from: those of a comparison."),
  rounds: count.default(4).describe("How often each circuit is sized, and then learned from."),
  simulations: count.default(120).describe("Budget of each sizing, held-out circuits included."),
  batch: count.default(16).describe("Candidates asked for at once."),
});

export type PolicyTrainingConfig = z.output<typeof policyTrainingSchema>;
