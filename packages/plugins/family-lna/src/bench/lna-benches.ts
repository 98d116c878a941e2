import type { DeviceUnderTest, Testbench } from "@topogenie/core";
import type { LnaOptions } from "../options.js";
import { gainPlot } from "../measure/gain-plot.js";
import { drawnBench, INPUT_NODE, OUTPUT_NODE, SIGNAL_SOURCE } from "./drawn-bench.js";

export const SMALL_SIGNAL = "small-signal";
export const COMPRESSION = "compression";

/** Half a decade on either side of the frequency of operation; the middle point is that frequency. */
const POINTS_PER_DECADE = 20;
const HALF_SPAN = 10 ** 0.5;

/**
 * Available power of the tone that shows how the gain bends: below the compression of most amplifiers, yet far enough above the
 * solver's error to see a third-order intercept of up to about 0 dBm.
 */
export const TONE_WATTS = 10e-6;
/** Periods of the tone: those that a resonator with a quality factor of about 8 needs to settle, and those measured. */
export const SETTLING_PERIODS = 8;
export const MEASURED_PERIODS = 1;
const STEPS_PER_PERIOD = 32;

/** Peak electromotive force of a source of this resistance with this available power (Pozar, Microwave Engineering, sec. 2.6). */
export function toneVolts(watts: number, sourceOhms: number): number {
  return Math.sqrt(8 * watts * sourceOhms);
}

/** Everything linear from one operating point, and the same amplifier under a tone. */
export function lnaBenches(dut: DeviceUnderTest, options: LnaOptions): readonly Testbench[] {
  const { frequencyHz, temperatureCelsius, timeoutMs, sourceOhms } = options;
  const deckOf = (drawn: ReturnType<typeof drawnBench>): Testbench["deck"] => ({
    title: `low-noise amplifier ${dut.circuit.name}`,
    elements: drawn.elements,
    models: dut.models,
    temperatureCelsius,
  });
  const linear = drawnBench(dut, options);
  const period = 1 / frequencyHz;
  const driven = drawnBench(dut, options, {
    kind: "sine",
    offset: 0,
    amplitude: toneVolts(TONE_WATTS, sourceOhms),
    frequencyHz,
  });
  return [
    {
      name: SMALL_SIGNAL,
      deck: deckOf(linear),
      variables: linear.variables,
      analyses: [
        { kind: "op" },
        { kind: "ac", pointsPerDecade: POINTS_PER_DECADE, startHz: frequencyHz / HALF_SPAN, stopHz: frequencyHz * HALF_SPAN },
        {
          kind: "noise",
          output: OUTPUT_NODE,
          input: SIGNAL_SOURCE,
          pointsPerDecade: POINTS_PER_DECADE,
          startHz: frequencyHz,
          // The next point of the sweep: an engine gives no curve for a single frequency.
          stopHz: frequencyHz * 10 ** (1 / POINTS_PER_DECADE),
        },
      ],
      save: [INPUT_NODE, OUTPUT_NODE],
      timeoutMs,
      plots: (result) => gainPlot(result, options),
    },
    {
      name: COMPRESSION,
      deck: deckOf(driven),
      variables: driven.variables,
      analyses: [
        { kind: "op" },
        {
          kind: "tran",
          stepS: period / STEPS_PER_PERIOD,
          stopS: (SETTLING_PERIODS + MEASURED_PERIODS) * period,
          maxStepS: period / STEPS_PER_PERIOD,
        },
      ],
      save: [OUTPUT_NODE],
      timeoutMs,
    },
  ];
}
