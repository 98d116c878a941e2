import { crossings } from "@topogenie/building-blocks";

export interface Oscillation {
  readonly frequencyHz: number;
  /** Peak to peak in the later half of the span, volts. */
  readonly swing: number;
  /** Swing of the later half over that of the earlier one: below 1 where the oscillation rings down. */
  readonly sustained: number;
  /** Largest deviation of a period from their mean, relative to it. */
  readonly periodSpread: number;
  /** Times of the first and last rising crossing, with whole periods between them. */
  readonly from: number;
  readonly to: number;
  /** Largest slope over the swing and the frequency: 3.1 for a sine, more for a square wave. */
  readonly steepness: number;
}

/** What is periodic between two times; undefined when there are fewer than two whole periods. */
export function oscillation(x: Float64Array, y: Float64Array, from: number, to: number): Oscillation | undefined {
  const middle = (from + to) / 2;
  const early = extremes(x, y, from, middle);
  const late = extremes(x, y, middle, to);
  const rising = crossings(x, y, (late.high + late.low) / 2, "rising").filter((time) => time >= from && time <= to);
  const first = rising[0];
  const last = rising.at(-1);
  if (first === undefined || last === undefined || rising.length < 3) return undefined;
  const period = (last - first) / (rising.length - 1);
  const periods = rising.slice(1).map((time, index) => time - (rising[index] ?? 0));
  const swing = late.high - late.low;
  return {
    frequencyHz: 1 / period,
    swing,
    sustained: swing / (early.high - early.low),
    periodSpread: Math.max(...periods.map((each) => Math.abs(each - period))) / period,
    from: first,
    to: last,
    steepness: (late.slope * period) / swing,
  };
}

function extremes(
  x: Float64Array,
  y: Float64Array,
  from: number,
  to: number,
): { readonly high: number; readonly low: number; readonly slope: number } {
  let [high, low, slope] = [-Infinity, Infinity, 0];
  for (let index = 1; index < x.length; index++) {
    const [time, before] = [x[index] ?? 0, x[index - 1] ?? 0];
    if (before < from || time > to) continue;
    const [value, previous] = [y[index] ?? 0, y[index - 1] ?? 0];
    high = Math.max(high, value);
    low = Math.min(low, value);
    if (time > before) slope = Math.max(slope, Math.abs(value - previous) / (time - before));
  }
  return { high, low, slope };
}
