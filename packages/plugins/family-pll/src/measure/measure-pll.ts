import { crossings, mean } from "@topogenie/building-blocks";
import type { SimulationOk } from "@topogenie/core";
import { OUTPUT_NODE } from "../bench/pll-bench.js";
import { COAST_CYCLES, referenceEdges } from "../bench/reference.js";
import type { PllOptions } from "../options.js";
import { cyclesAt } from "./phase.js";

/** Reference cycles at the end of each part in which the loop must be locked. */
const WINDOW = 6;
/** Of an output cycle: the phase counts as settled while it is nearer to its last value. */
const SETTLED = 0.1;

/**
 * Values by measurement name. Phase is counted in output cycles at each rising edge of the reference: in lock it grows by the same
 * whole number at each. What needs output edges is left out when there are too few.
 */
export function measurePll(result: SimulationOk, options: PllOptions): Record<string, number> {
  const tran = result.analyses.find((analysis) => analysis.kind === "tran");
  const output = tran?.vectors[OUTPUT_NODE];
  if (tran === undefined || output === undefined) return {};
  const { x } = tran;
  const { first, second, fastPeriodS, stopS } = referenceEdges(options);
  const edges = crossings(x, output, options.supplyVolts / 2, "rising");
  const amperes = Object.entries(tran.vectors)
    .filter(([name]) => name.startsWith("i("))
    .reduce((sum, [name, current]) => sum + given(name, x, current, stopS), 0);
  const silent = stopS - COAST_CYCLES * options.referencePeriodS;
  const measured: Record<string, number> = {
    power: options.supplyVolts * amperes,
    // In lock the next edge is due with the missing edge of the reference, or a little before it.
    coastCycles: edges.filter((edge) => edge > silent - fastPeriodS / 4).length,
  };
  const [slow, fast] = [first, second].map((reference) => lockOf(edges, reference));
  if (slow === undefined || fast === undefined) return measured;
  measured.multiple = slow.multiple;
  measured.frequencyError = Math.max(slow.frequencyError, fast.frequencyError, slow.multiple === fast.multiple ? 0 : 1);
  measured.phaseWander = Math.max(slow.wander, fast.wander);
  measured.outputFrequency = slow.multiple / options.referencePeriodS;
  if (measured.frequencyError < 0.02) measured.lockTime = slow.settledAt;
  return measured;
}

function lockOf(
  edges: readonly number[],
  reference: readonly number[],
): { multiple: number; frequencyError: number; wander: number; settledAt: number } | undefined {
  const phases = reference.map((edge) => cyclesAt(edges, edge));
  const window = phases.slice(-WINDOW - 1);
  const [start, end] = [window[0], window.at(-1)];
  if (start === undefined || end === undefined || window.includes(undefined)) return undefined;
  const growth = (end - start) / WINDOW;
  const multiple = Math.max(1, Math.round(growth));
  const excess = (phase: number | undefined, index: number): number =>
    phase === undefined ? Infinity : phase - end - multiple * (index - (phases.length - 1));
  const errors = phases.map(excess);
  const last = errors.slice(-WINDOW - 1);
  const unsettled = errors.findLastIndex((error) => Math.abs(error) > SETTLED);
  return {
    multiple,
    frequencyError: Math.abs(growth / multiple - 1),
    wander: (Math.max(...last) - Math.min(...last)) / multiple,
    settledAt: reference[unsettled + 1] ?? Infinity,
  };
}

function given(name: string, x: Float64Array, amperes: Float64Array, stopS: number): number {
  return mean(x, name.startsWith("i(bias_") ? amperes.map(Math.abs) : amperes.map((ampere) => Math.max(0, -ampere)), 0, stopS);
}
