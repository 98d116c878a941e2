import type { Waveform } from "@topogenie/core";
import type { PllOptions } from "../options.js";

/** Cycles of the first period in which the reference is silent at the end. */
export const COAST_CYCLES = 3;
const EDGE_SHARE = 0.02;

/** Rising edges of the reference, seconds: slow ones, then faster ones, then none. */
export function referenceEdges({ referencePeriodS, referenceRise, firstCycles, secondCycles }: PllOptions): {
  readonly first: readonly number[];
  readonly second: readonly number[];
  readonly fastPeriodS: number;
  readonly stopS: number;
} {
  const fastPeriodS = referencePeriodS / (1 + referenceRise);
  const first = Array.from({ length: firstCycles }, (_, index) => (index + 0.5) * referencePeriodS);
  const change = (firstCycles + 0.5) * referencePeriodS;
  const second = Array.from({ length: secondCycles }, (_, index) => change + index * fastPeriodS);
  return { first, second, fastPeriodS, stopS: change + secondCycles * fastPeriodS + COAST_CYCLES * referencePeriodS };
}

export function referenceWaveform(options: PllOptions): Waveform {
  const { first, second, fastPeriodS } = referenceEdges(options);
  const edge = EDGE_SHARE * options.referencePeriodS;
  const points: [number, number][] = [[0, 0]];
  for (const [edges, period] of [
    [first, options.referencePeriodS],
    [second, fastPeriodS],
  ] as const) {
    for (const at of edges) {
      points.push([at - edge / 2, 0], [at + edge / 2, options.supplyVolts]);
      points.push([at + period / 2 - edge / 2, options.supplyVolts], [at + period / 2 + edge / 2, 0]);
    }
  }
  return { kind: "pwl", points };
}
