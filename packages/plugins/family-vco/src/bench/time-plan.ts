import { BAND_RATIO } from "../options.js";

/** A span of time in which the control voltage stands still. */
export interface Span {
  /** Share of the supply at the control port. */
  readonly control: number;
  readonly startS: number;
  /** From here to the end the waveform is measured; before, it settles. */
  readonly measureS: number;
  readonly endS: number;
}

/** The control is swept over the middle of the supply. The first span holds the start of the oscillation too. */
const CONTROLS = [0.5, 0.35, 0.65] as const;
/** In periods of the slowest oscillation of the band: settling and measuring, first span and the others. */
const FIRST = { settle: 3, measure: 4 } as const;
const NEXT = { settle: 1, measure: 3 } as const;
/** The fastest oscillation of the band has at least this many steps a period. */
const STEPS_OF_FASTEST = 8;

export interface TimePlan {
  readonly spans: readonly Span[];
  readonly stepS: number;
}

/** One transient for all control voltages: an oscillator that runs already need not start again. */
export function timePlan(slowestHz: number, swept: boolean): TimePlan {
  const period = 1 / slowestHz;
  const spans: Span[] = [];
  let startS = 0;
  for (const [index, control] of (swept ? CONTROLS : CONTROLS.slice(0, 1)).entries()) {
    const { settle, measure } = index === 0 ? FIRST : NEXT;
    const measureS = startS + settle * period;
    const endS = measureS + measure * period;
    spans.push({ control, startS, measureS, endS });
    startS = endS;
  }
  return { spans, stepS: period / BAND_RATIO / STEPS_OF_FASTEST };
}
