import { availableParallelism } from "node:os";
import { z } from "zod";

const label = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, "a name is letters, digits, dots, - and _");
const key = z.string().regex(/^[A-Za-z][\w-]*(\.[\w-]+)*$/, "a key of the config, such as train.rows");
const values = z.record(key, z.unknown());
const lists = z.record(key, z.array(z.unknown()).min(1));

/** What can stand in a table of results. */
export const measureNames = [
  "validation loss",
  "validation loss a circuit",
  "training tokens",
  "training seconds",
  "decoded",
  "structural",
  "simulatable",
  "unique",
  "novel",
  "functional",
  "on-spec",
  "seconds a circuit",
  "processor seconds a circuit",
  "devices",
  "nearest",
  "type accuracy",
] as const;

export type MeasureName = (typeof measureNames)[number];

/**
 * What `topogenie experiment` is told: one config and what differs between the variants of it. Each variant is trained, writes
 * circuits, and climbs the ladder, once for every seed.
 */
export const experimentSchema = z.strictObject({
  $schema: z.string().optional(),
  tag: label.default("experiment").describe("Name of the run's folder."),
  runs: z.string().min(1).default("runs").describe("Folder of all runs, relative to where the command is started."),
  title: z.string().default("Experiment"),
  question: z.string().default("").describe("What the experiment is to find out, for its page of results."),
  base: z.string().min(1).describe("The config of all variants, relative to this file."),
  set: values.default({}).describe("Keys of the config with values that all variants have instead."),
  variants: z.record(label, values).default({}).describe("Variants by name: keys of the config with their values."),
  sweep: lists.default({}).describe("Keys of the config with lists of values: every combination is a variant."),
  vary: lists.default({}).describe("Keys of the config with lists of values: one key at a time, the others as they are."),
  seeds: z.array(z.number().int().nonnegative()).min(1).default([1]).describe("Every variant is done with each."),
  workers: z.number().int().positive().default(Math.min(availableParallelism(), 8)).describe("Simulations that run at once."),
  evaluate: z
    .strictObject({
      simulations: z.number().int().nonnegative().default(0).describe("Budget of rungs 6 and 7 for each circuit; 0: not tried."),
      family: z.string().min(1).exactOptional().describe("Judges every circuit as one of this family."),
    })
    .prefault({}),
  measures: z
    .array(z.enum(measureNames))
    .min(1)
    .default(["validation loss", "training tokens", "simulatable", "novel", "seconds a circuit"])
    .describe("Columns of the table of results."),
});

export type ExperimentConfig = z.output<typeof experimentSchema>;

/** A variant: its name and the values that make it one. */
export interface Variant {
  readonly name: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** All variants of a config, in its order: the named ones, each combined with every combination of the sweep; then those of `vary`. */
export function variantsOf({ variants, sweep, vary }: Pick<ExperimentConfig, "variants" | "sweep" | "vary">): Variant[] {
  const named: Variant[] = Object.entries(variants).map(([name, given]) => ({ name, values: given }));
  const swept = Object.entries(sweep).reduce<Variant[]>(
    (combinations, [at, list]) =>
      combinations.flatMap((variant) =>
        list.map((value) => ({
          name: variant.name === "" ? valueName(at, value) : `${variant.name}-${valueName(at, value)}`,
          values: { ...variant.values, [at]: value },
        })),
      ),
    named.length > 0 ? named : [{ name: "", values: {} }],
  );
  const varied = Object.entries(vary).flatMap(([at, list]) =>
    list.map((value) => ({ name: valueName(at, value), values: { [at]: value } })),
  );
  return [...swept.filter(({ name }) => name !== ""), ...varied];
}

/** `train.schedule.peak` and 0.001: `peak-0.001`. */
function valueName(at: string, value: unknown): string {
  const last = at.split(".").at(-1) ?? at;
  const text = (typeof value === "string" ? value : JSON.stringify(value))
    .replace(/[^A-Za-z0-9._-]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return `${last}-${text}`;
}
