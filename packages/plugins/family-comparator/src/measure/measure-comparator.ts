import { crossings } from "@topogenie/building-blocks";
import type { SimulationOk } from "@topogenie/core";
import { CLOCK, CLOCK_NODE, DECISION_NODE, DIFFERENCES } from "../bench/decision-bench.js";
import type { ComparatorOptions } from "../options.js";
import { valueAt } from "./value-at.js";

/** Share of the supply by which outputs must differ (a lone one from half the supply) to be a decision. */
export const DECIDED_SHARE = 0.35;
/** Differences at least this large must be decided; volts. */
export const SMALL_DIFFERENCE = 10e-3;
/** Decisions are read this share of a period before the clock's next edge. */
const GUARD_SHARE = 2e-3;

interface Reading {
  /** Share of a period at which the circuit may begin to decide, and at which its decision is read. */
  readonly begins: number;
  readonly read: number;
  readonly polarity: 1 | -1;
  /** Signed volts of each decision, positive when right. */
  readonly margins: readonly number[];
}

/**
 * `decisionMargin` [V], `delay` [s], `energy` [J] and `resolution` [V]. A circuit may decide in either phase of the clock and may
 * invert; whichever way serves it best counts, the same for every decision.
 */
export function measureComparator(result: SimulationOk, options: ComparatorOptions): Record<string, number> {
  const transient = result.analyses.find((analysis) => analysis.kind === "tran");
  const decision = transient?.vectors[DECISION_NODE];
  const clock = transient?.vectors[CLOCK_NODE];
  if (transient === undefined || decision === undefined || clock === undefined) return {};
  const { x, vectors } = transient;
  const { supplyVolts, periodS } = options;
  const decided = DECIDED_SHARE * supplyVolts;
  const isClocked = clock.some((volts) => volts > supplyVolts / 2);
  const reading = bestReading(x, decision, periodS, isClocked, decided);
  const margin = required(reading.margins);
  const energy = (supplyVolts * givenCharge(x, vectors)) / DIFFERENCES.length;
  if (margin < decided) return { decisionMargin: margin, energy };
  return {
    decisionMargin: margin,
    energy,
    delay: delay(x, decision, periodS, reading, decided),
    resolution: resolution(reading, decided),
  };
}

function bestReading(x: Float64Array, decision: Float64Array, periodS: number, isClocked: boolean, decided: number): Reading {
  const windows = [
    { begins: isClocked ? CLOCK.risesAt : 0, read: CLOCK.fallsAt - GUARD_SHARE },
    { begins: isClocked ? CLOCK.fallsAt : 0, read: 1 - GUARD_SHARE },
  ];
  const readings = windows.flatMap(({ begins, read }) =>
    ([1, -1] as const).map((polarity): Reading => {
      const margins = DIFFERENCES.map(
        (volts, index) => polarity * Math.sign(volts) * valueAt(x, decision, (index + read) * periodS),
      );
      return { begins, read, polarity, margins };
    }),
  );
  // The first phase in which the decisions are right is when they are made; later ones may merely hold them.
  return (
    readings.find(({ margins }) => required(margins) >= decided) ??
    readings.reduce((best, other) => (required(other.margins) > required(best.margins) ? other : best))
  );
}

/** The least margin among the differences that must be decided. */
function required(margins: readonly number[]): number {
  return Math.min(...margins.filter((_, index) => Math.abs(DIFFERENCES[index] ?? 0) >= SMALL_DIFFERENCE));
}

/** The longest time that a required decision takes to be made for good. */
function delay(x: Float64Array, decision: Float64Array, periodS: number, reading: Reading, decided: number): number {
  return DIFFERENCES.reduce((longest, volts, index) => {
    if (Math.abs(volts) < SMALL_DIFFERENCE) return longest;
    const begins = (index + reading.begins) * periodS;
    const read = (index + reading.read) * periodS;
    const right = decision.map((value) => reading.polarity * Math.sign(volts) * value);
    const made = crossings(x, right, decided, "rising").filter((time) => time > begins && time <= read);
    return Math.max(longest, (made.at(-1) ?? begins) - begins);
  }, 0);
}

/** The least of the applied differences that, like all larger ones, is decided right both ways. */
function resolution({ margins }: Reading, decided: number): number {
  const sizes = [...new Set(DIFFERENCES.map(Math.abs))].sort((a, b) => b - a);
  const failing = sizes.findIndex((size) =>
    margins.some((margin, index) => Math.abs(DIFFERENCES[index] ?? 0) === size && margin < decided),
  );
  return (failing < 0 ? sizes.at(-1) : sizes[failing - 1]) ?? Number.NaN;
}

/**
 * Coulombs that supply, clocks, inputs and bias voltages give; what flows back into them is not credited. Each step counts by
 * its mean, in which the alternating error of trapezoidal integration cancels.
 */
function givenCharge(x: Float64Array, vectors: Readonly<Record<string, Float64Array>>): number {
  let charge = 0;
  for (const [name, amperes] of Object.entries(vectors)) {
    if (!name.startsWith("i(")) continue;
    for (let index = 1; index < x.length; index++) {
      const mean = ((amperes[index - 1] ?? 0) + (amperes[index] ?? 0)) / 2;
      charge += Math.max(0, -mean) * ((x[index] ?? 0) - (x[index - 1] ?? 0));
    }
  }
  return charge;
}
