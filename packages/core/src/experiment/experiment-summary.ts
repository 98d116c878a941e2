import { share, type Share } from "../evaluation/share.js";
import { rungNames, type RungName } from "../verification/ladder.js";
import type { MeasureName, Variant } from "./experiment-config.js";
import { mean, type ExperimentTrial } from "./experiment-trial.js";

/** A figure of a variant over all its seeds: a share of attempts with its interval, or the mean of numbers. */
export type Measured =
  | { readonly kind: "share"; readonly share: Share }
  | { readonly kind: "number"; readonly mean: number; readonly least: number; readonly most: number; readonly unit: string };

export interface VariantSummary {
  readonly variant: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly trials: readonly ExperimentTrial[];
  /** By the names of the columns; absent where no trial has the figure. */
  readonly measured: Readonly<Partial<Record<MeasureName, Measured>>>;
}

export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly platform: string;
  readonly node: string;
}

export interface ExperimentSummary {
  readonly tag: string;
  readonly title: string;
  readonly question: string;
  readonly measures: readonly MeasureName[];
  readonly seeds: readonly number[];
  /** Budget of the functional rungs; 0: not tried. */
  readonly simulations: number;
  readonly machine: Machine;
  /** ISO 8601. A time between the two in which the experiment stood still counts as well. */
  readonly started: string;
  readonly ended: string;
  readonly variants: readonly VariantSummary[];
}

const numbers: Readonly<Partial<Record<MeasureName, { readonly unit: string; of(trial: ExperimentTrial): number | undefined }>>> =
  {
    "validation loss": { unit: "nats a token", of: ({ validationLoss }) => validationLoss },
    "validation loss a circuit": { unit: "nats", of: ({ validationLossPerCircuit }) => validationLossPerCircuit },
    "training tokens": { unit: "", of: ({ trainingTokens }) => trainingTokens },
    "training seconds": { unit: "s", of: ({ trainingSeconds }) => trainingSeconds },
    "seconds a circuit": { unit: "s", of: ({ secondsPerCircuit }) => secondsPerCircuit },
    "processor seconds a circuit": { unit: "s", of: ({ processorSecondsPerCircuit }) => processorSecondsPerCircuit },
    devices: { unit: "", of: ({ devices }) => devices },
    nearest: { unit: "", of: ({ nearest }) => nearest },
  };

export function summariseVariant(
  { name, values }: Variant,
  trials: readonly ExperimentTrial[],
  measures: readonly MeasureName[],
): VariantSummary {
  const measured = measures.flatMap((measure) => {
    const found = measureOf(measure, trials);
    return found === undefined ? [] : [[measure, found] as const];
  });
  return { variant: name, values, trials, measured: Object.fromEntries(measured) };
}

function measureOf(measure: MeasureName, trials: readonly ExperimentTrial[]): Measured | undefined {
  const number = numbers[measure];
  if (number !== undefined) {
    const found = trials.flatMap((trial) => number.of(trial) ?? []);
    if (found.length === 0) return undefined;
    return { kind: "number", mean: mean(found), least: Math.min(...found), most: Math.max(...found), unit: number.unit };
  }
  if (measure === "type accuracy") {
    const asked = trials.flatMap(({ typeAccuracy }) => typeAccuracy ?? []);
    return asked.length === 0 ? undefined : { kind: "share", share: share(sum(asked, "count"), sum(asked, "of")) };
  }
  const rung = rungNames.find((name): name is RungName => name === measure);
  const tried = trials.flatMap(({ passed, attempts }) => {
    const count = rung === undefined ? undefined : passed[rung];
    return count === undefined ? [] : [{ count, of: attempts }];
  });
  return tried.length === 0 ? undefined : { kind: "share", share: share(sum(tried, "count"), sum(tried, "of")) };
}

function sum<K extends string>(items: readonly Readonly<Record<K, number>>[], name: K): number {
  return items.reduce((total, item) => total + item[name], 0);
}
