import type { DeviceUnderTest, Testbench } from "@topogenie/core";
import { supplyPlots } from "../measure/plots.js";
import type { LdoOptions } from "../options.js";
import { ldoDeck, LOAD_SOURCE, OUTPUT_NODE, REFERENCE_NODE, REFERENCE_STEP, SUPPLY_SOURCE } from "./ldo-deck.js";

export const REGULATION_BENCH = "regulation";
/** Volts to either side by which the reference is moved. */
export const REFERENCE_STEP_VOLTS = 0.01;
const LOAD_POINTS = 5;
const SUPPLY_POINTS = 24;

/**
 * Static behaviour at full load: the operating point, sweeps of the load, of the supply (from 10 % above its nominal value
 * down to half of it) and of the reference, and the supply's ripple at the output.
 */
export function regulationBench(dut: DeviceUnderTest, options: LdoOptions): Testbench {
  const { supplyVolts, lightLoadAmperes, fullLoadAmperes } = options;
  const { deck, variables, capacitors, portSources } = ldoDeck(dut, options, fullLoadAmperes);
  const loadStep = (fullLoadAmperes - lightLoadAmperes) / LOAD_POINTS;
  return {
    name: REGULATION_BENCH,
    deck,
    variables,
    analyses: [
      { kind: "op" },
      // From the operating point's own end: each point is searched from its neighbour's.
      { kind: "dc", source: LOAD_SOURCE, start: fullLoadAmperes, stop: lightLoadAmperes, step: -loadStep },
      {
        kind: "dc",
        source: SUPPLY_SOURCE,
        start: 1.1 * supplyVolts,
        stop: 0.5 * supplyVolts,
        step: (-0.6 * supplyVolts) / SUPPLY_POINTS,
      },
      {
        kind: "dc",
        source: REFERENCE_STEP,
        start: -REFERENCE_STEP_VOLTS,
        stop: REFERENCE_STEP_VOLTS,
        step: REFERENCE_STEP_VOLTS,
      },
      { kind: "ac", pointsPerDecade: 5, startHz: 100, stopHz: 10e6 },
    ],
    save: [
      OUTPUT_NODE,
      REFERENCE_NODE,
      `i(${SUPPLY_SOURCE})`,
      ...portSources.map((source) => `i(${source})`),
      ...capacitors.flatMap(({ meter, voltage }) => [`i(${meter})`, voltage]),
    ],
    timeoutMs: options.timeoutMs,
    plots: supplyPlots,
  };
}
