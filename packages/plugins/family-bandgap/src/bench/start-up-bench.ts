import type { DeviceUnderTest, Testbench } from "@topogenie/core";
import { startUpPlots } from "../measure/plots.js";
import type { BandgapOptions } from "../options.js";
import { bandgapDeck, OUTPUT_NODE } from "./bandgap-deck.js";

export const START_UP_BENCH = "start-up";
/** Seconds: the supply rises from zero, and the output is looked at when it has stood for long. */
export const START_UP = { riseS: 5e-6, stopS: 50e-6 } as const;

/**
 * The supply rises from zero. A reference that feeds itself has a second state, without current; an operating point may be
 * found in either, but what the output does here is what it does on a chip.
 */
export function startUpBench(dut: DeviceUnderTest, options: BandgapOptions): Testbench {
  const { deck, variables } = bandgapDeck(dut, options, options.nominalCelsius, {
    kind: "pwl",
    points: [
      [0, 0],
      [START_UP.riseS, options.supplyVolts],
      [START_UP.stopS, options.supplyVolts],
    ],
  });
  return {
    name: START_UP_BENCH,
    deck,
    variables,
    analyses: [{ kind: "tran", stepS: 0.25e-6, stopS: START_UP.stopS, maxStepS: 1e-6 }],
    save: [OUTPUT_NODE],
    timeoutMs: options.timeoutMs,
    plots: startUpPlots,
  };
}
