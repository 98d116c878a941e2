import type { CircuitFamily } from "../contracts/circuit-family.js";
import type { ComparisonConfig } from "./comparison-config.js";
import { median, quantile } from "./quantile.js";
import { midranks, rankTest } from "./rank-test.js";
import { bestAfter, compareQuality, qualityOf, simulationsUntil, type Quality, type Trial } from "./trial.js";

/** Quartiles over the repeats. NaN where there is nothing to measure, infinite where it is never reached. */
export interface Quartiles {
  readonly lower: number;
  readonly median: number;
  readonly upper: number;
}

/** The best so far, after so many simulations: neither of the two ever gets worse. */
export interface CurvePoint {
  readonly simulations: number;
  readonly violation: Quartiles;
  /** Of sizings on spec; the worst there is before the first. */
  readonly figureOfMerit: Quartiles;
}

export interface OptimizerOnProblem {
  readonly optimizer: string;
  /** Simulations of each of its trials. */
  readonly budget: number;
  readonly trials: number;
  readonly functional: number;
  readonly onSpec: number;
  /** Simulations until the specification was met; +Infinity in trials that never did. */
  readonly simulationsToSpec: Quartiles;
  /** Simulations until the median result that the baseline has with its whole budget. */
  readonly simulationsToBaseline: Quartiles;
  /** Of the final sizings; the worst there is for trials without one. */
  readonly figureOfMerit: Quartiles;
  readonly curve: readonly CurvePoint[];
  /** 1 is best; by the median result, ties shared. */
  readonly rank: number;
  /** Of the final results being the baseline's but for chance, see {@link rankTest}; absent for the baseline. */
  readonly probability?: number;
}

export interface ProblemSummary {
  readonly problem: string;
  readonly family: string;
  readonly circuit: string;
  readonly variables: number;
  readonly figureOfMerit: { readonly name: string; readonly unit: string; readonly better: "higher" | "lower" };
  readonly optimizers: readonly OptimizerOnProblem[];
}

export interface OptimizerSummary {
  readonly optimizer: string;
  /** Mean over the problems. */
  readonly meanRank: number;
  readonly trials: number;
  readonly functional: number;
  readonly onSpec: number;
  /** Baseline's budget over the simulations to its result: median over the problems, 0 where it is not reached. */
  readonly speedup: number;
}

export interface ComparisonSummary {
  readonly tag: string;
  readonly seed: number;
  readonly simulations: number;
  readonly repeats: number;
  readonly baseline: string;
  readonly problems: readonly ProblemSummary[];
  readonly optimizers: readonly OptimizerSummary[];
}

export interface ComparedProblem {
  readonly name: string;
  readonly family: CircuitFamily;
  readonly circuit: string;
  readonly variables: number;
}

/** Where on the way to the budget curves are read. */
const CURVE_POINTS = 60;

export function summarise(
  config: ComparisonConfig,
  problems: readonly ComparedProblem[],
  trials: readonly Trial[],
): ComparisonSummary {
  const names = Object.keys(config.optimizers);
  const baseline = config.baseline ?? names[0] ?? "";
  const summaries = problems.map((problem) => problemSummary(config, names, baseline, problem, trials));
  return {
    tag: config.tag,
    seed: config.seed,
    simulations: config.simulations,
    repeats: config.repeats,
    baseline,
    problems: summaries,
    optimizers: names.map((optimizer) => {
      const rows = summaries.flatMap((summary) => summary.optimizers.filter((row) => row.optimizer === optimizer));
      const speedups = rows.map(({ simulationsToBaseline }) => config.simulations / simulationsToBaseline.median);
      return {
        optimizer,
        meanRank: rows.reduce((sum, { rank }) => sum + rank, 0) / rows.length,
        trials: rows.reduce((sum, row) => sum + row.trials, 0),
        functional: rows.reduce((sum, row) => sum + row.functional, 0),
        onSpec: rows.reduce((sum, row) => sum + row.onSpec, 0),
        speedup: median(speedups),
      };
    }),
  };
}

function problemSummary(
  config: ComparisonConfig,
  names: readonly string[],
  baseline: string,
  problem: ComparedProblem,
  all: readonly Trial[],
): ProblemSummary {
  const { better, name, unit } = problem.family.figureOfMerit;
  const trialsOf = (optimizer: string): Trial[] =>
    all.filter((trial) => trial.problem === problem.name && trial.optimizer === optimizer);
  const finals = new Map(names.map((optimizer) => [optimizer, trialsOf(optimizer).map((trial) => qualityOf(trial, better))]));
  const goal = medianQuality(trialsOf(baseline).map((trial) => reachable(trial, better)));
  const order = ordinals([...finals.values()].flat());
  const places = (optimizer: string): number[] => (finals.get(optimizer) ?? []).map((quality) => placeOf(quality, order));
  const ranks = midranks(names.map((optimizer) => median(places(optimizer))));
  return {
    problem: problem.name,
    family: problem.family.name,
    circuit: problem.circuit,
    variables: problem.variables,
    figureOfMerit: { name, unit, better },
    optimizers: names.map((optimizer, index) => {
      const trials = trialsOf(optimizer);
      return {
        optimizer,
        budget: config.optimizers[optimizer]?.simulations ?? config.simulations,
        trials: trials.length,
        functional: trials.filter((trial) => trial.functional).length,
        onSpec: trials.filter((trial) => trial.onSpec).length,
        simulationsToSpec: quartiles(trials.map((trial) => trial.progress.find(({ onSpec }) => onSpec)?.simulations ?? Infinity)),
        simulationsToBaseline: quartiles(trials.map((trial) => simulationsUntil(trial, goal, better))),
        figureOfMerit: quartiles(trials.map((trial) => figure(trial.figureOfMerit, better))),
        curve: curve(config.simulations, trials, better),
        rank: ranks[index] ?? Number.NaN,
        ...(optimizer === baseline ? {} : { probability: rankTest(places(optimizer), places(baseline)) }),
      };
    }),
  };
}

function quartiles(values: readonly number[]): Quartiles {
  return { lower: quantile(values, 0.25), median: median(values), upper: quantile(values, 0.75) };
}

function figure(value: number | undefined, better: "higher" | "lower"): number {
  return value === undefined || Number.isNaN(value) ? (better === "higher" ? -Infinity : Infinity) : value;
}

function curve(budget: number, trials: readonly Trial[], better: "higher" | "lower"): CurvePoint[] {
  const points = Math.min(CURVE_POINTS, budget);
  return Array.from({ length: points }, (_, index) => {
    const simulations = Math.round(((index + 1) * budget) / points);
    const best = trials.map((trial) => bestAfter(trial, simulations));
    return {
      simulations,
      violation: quartiles(best.map((point) => point?.violation ?? Infinity)),
      figureOfMerit: quartiles(best.map((point) => figure(point?.onSpec === true ? point.figureOfMerit : undefined, better))),
    };
  });
}

/**
 * What a trial ended with, as its curve shows it: what a second run from a cold start measured may differ in the last digits, and
 * a curve, the trial's own included, would never come to it.
 */
function reachable(trial: Trial, better: "higher" | "lower"): Quality {
  const final = qualityOf(trial, better);
  const last = trial.progress.at(-1);
  const shown = last === undefined ? final : qualityOf(last, better);
  return compareQuality(shown, final) > 0 ? shown : final;
}

function medianQuality(qualities: readonly Quality[]): Quality {
  const sorted = [...qualities].sort(compareQuality);
  return sorted[Math.ceil(sorted.length / 2) - 1] ?? { violation: -Infinity, cost: -Infinity };
}

/** The distinct qualities, best first: a place in this list stands for the pair of numbers. */
function ordinals(qualities: readonly Quality[]): Quality[] {
  const sorted = [...qualities].sort(compareQuality);
  return sorted.filter((quality, index) => {
    const previous = sorted[index - 1];
    return previous === undefined || compareQuality(previous, quality) !== 0;
  });
}

function placeOf(quality: Quality, order: readonly Quality[]): number {
  return order.findIndex((other) => compareQuality(other, quality) === 0);
}
