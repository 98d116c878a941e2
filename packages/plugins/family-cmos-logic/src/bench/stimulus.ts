import type { Waveform } from "@topogenie/core";

/** Rise and fall of inputs and clocks, as a share of a slot. */
const EDGE_SHARE = 0.03;

/** When which combination of inputs is applied: bit k of a combination is input k. */
export interface Stimulus {
  readonly combinations: readonly number[];
  /** Seconds that each stays. */
  readonly holdS: number;
  /** From the first combination on; the one before it is for coming to rest. */
  readonly stopS: number;
}

/**
 * Every combination twice, counted up and then down, so that each is reached from two sides, after one in which the last input
 * alone is high. Clocked circuits get each for a whole clock period of two slots.
 */
export function stimulus(inputs: number, clocked: boolean, slotS: number): Stimulus {
  const count = 2 ** inputs;
  const up = Array.from({ length: count }, (_, index) => index);
  const combinations = [count >> 1, ...up, ...up.toReversed()];
  const holdS = clocked ? 2 * slotS : slotS;
  return { combinations, holdS, stopS: combinations.length * holdS };
}

/** Piecewise linear course of one input. */
export function inputWaveform(
  { combinations, holdS }: Stimulus,
  input: number,
  low: number,
  high: number,
  slotS: number,
): Waveform {
  const edge = EDGE_SHARE * slotS;
  const level = (combination: number): number => ((combination >> input) & 1 ? high : low);
  const points: [number, number][] = [[0, level(combinations[0] ?? 0)]];
  combinations.forEach((combination, index) => {
    const before = level(combinations[index - 1] ?? combination);
    if (before === level(combination)) return;
    points.push([index * holdS, before], [index * holdS + edge, level(combination)]);
  });
  return { kind: "pwl", points };
}

/** Inputs change in the middle of the low half: low for half a slot, high for one, low for the rest. */
export function clockWaveform(highVolts: number, slotS: number, inverted: boolean): Waveform {
  const edge = EDGE_SHARE * slotS;
  const [low, high] = inverted ? [highVolts, 0] : [0, highVolts];
  return { kind: "pulse", low, high, delayS: slotS / 2, riseS: edge, fallS: edge, widthS: slotS - edge, periodS: 2 * slotS };
}

/** Seconds at which the outputs of combination `index` are read: at the end of its slot, or of the clock's high half. */
export function readingTime({ holdS }: Stimulus, index: number, clocked: boolean, slotS: number): number {
  return clocked ? index * holdS + 1.48 * slotS : (index + 0.98) * holdS;
}
