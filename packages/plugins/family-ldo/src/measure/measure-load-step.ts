import type { SimulationOk } from "@topogenie/core";
import { OUTPUT_NODE } from "../bench/ldo-deck.js";
import { STEP } from "../bench/load-step-bench.js";

/** Share of each of the two states, at its end, during which the output must stand still. */
const TAIL_SHARE = 0.25;

/**
 * `outputDeviation` [V]: how far the output leaves, after a step either way, the value that it had before. `settlingError` [%]:
 * how much it still moves in the last quarter of either state, of its value before the first step.
 */
export function measureLoadStep(result: SimulationOk): Record<string, number> {
  const transient = result.analyses.find((analysis) => analysis.kind === "tran");
  const output = transient?.vectors[OUTPUT_NODE];
  if (transient === undefined || output === undefined) return {};
  const { x } = transient;
  const fallAtS = STEP.riseAtS + STEP.edgeS + STEP.widthS;
  const between = (from: number, to: number): Float64Array => output.filter((_, index) => inside(x[index], from, to));
  const initial = output[0] ?? Number.NaN;
  const heavy = between(STEP.riseAtS, fallAtS);
  const light = between(fallAtS, STEP.stopS);
  const before = heavy.at(-1) ?? Number.NaN;
  const heavyTail = between(fallAtS - TAIL_SHARE * STEP.widthS, fallAtS);
  const lightTail = between(STEP.stopS - TAIL_SHARE * STEP.widthS, STEP.stopS);
  return {
    outputDeviation: Math.max(
      heavy.reduce((most, value) => Math.max(most, initial - value), 0),
      light.reduce((most, value) => Math.max(most, value - before), 0),
    ),
    settlingError: (100 * Math.max(span(heavyTail), span(lightTail))) / Math.max(1e-3, initial),
  };
}

function inside(time: number | undefined, from: number, to: number): boolean {
  return time !== undefined && time >= from && time <= to;
}

function span(values: Float64Array): number {
  return Math.max(...values) - Math.min(...values);
}
