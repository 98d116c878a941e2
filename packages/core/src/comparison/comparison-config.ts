import { availableParallelism } from "node:os";
import { z } from "zod";
import { firstGuessSetting } from "../config/config-schema.js";

const name = z.string().min(1);
const label = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, "a name is letters, digits, dots, - and _");
const count = z.number().int().positive();
const options = z.record(z.string(), z.unknown()).default({});

const constraint = z.strictObject({
  measurement: name,
  atLeast: z.number().exactOptional(),
  atMost: z.number().exactOptional(),
});

const optimizer = z.strictObject({
  optimizer: name.describe("Sizing optimizer."),
  options,
  simulations: count
    .exactOptional()
    .describe("A smaller budget than the others', where it is only asked how soon it reaches the baseline's result."),
});

const problem = z.strictObject({
  family: name.describe("Circuit family whose testbench, specification and figure of merit are used."),
  familyOptions: options,
  seed: name.exactOptional().describe("The circuit: name or title of one of the family's seed topologies."),
  netlist: name.exactOptional().describe("The circuit: a netlist file, relative to the config file."),
  specification: z.array(constraint).min(1).exactOptional().describe("Replaces the family's default specification."),
});

/** What `topogenie compare` is told: every optimizer sizes every circuit several times, all with one budget. */
export const comparisonSchema = z.strictObject({
  $schema: z.string().optional(),
  tag: label.default("compare").describe("Name of the run's folder."),
  runs: z.string().min(1).default("runs").describe("Folder of all runs, relative to where the command is started."),
  seed: z.number().int().nonnegative().default(1),
  workers: count
    .default(Math.min(availableParallelism(), 8))
    .describe("Simulations that run at once. Has no influence on results."),
  plugins: z.array(name).default([]).describe("npm packages or files that add plugins; built-in ones need no mention."),
  simulator: z.strictObject({ engine: name.default("ngspice").describe("Simulator."), options }).prefault({}),
  simulations: count.default(300).describe("Budget of each sizing."),
  repeats: count.default(5).describe("Sizings of each circuit by each optimizer, each with a seed of its own."),
  batch: count.default(16).describe("Candidates asked for at once."),
  firstGuess: firstGuessSetting,
  optimizers: z.record(label, optimizer).refine((given) => Object.keys(given).length > 0, "name at least one optimizer"),
  problems: z.record(label, problem).refine((given) => Object.keys(given).length > 0, "name at least one problem"),
  baseline: label.exactOptional().describe("Optimizer that the others are set beside; the first one unless given."),
});

export type ComparisonConfig = z.output<typeof comparisonSchema>;
