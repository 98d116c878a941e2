import type { DeviceUnderTest, Testbench } from "@topogenie/core";
import { loadStepPlots } from "../measure/plots.js";
import type { LdoOptions } from "../options.js";
import { ldoDeck, OUTPUT_NODE } from "./ldo-deck.js";

export const LOAD_STEP_BENCH = "load-step";
/** Seconds: when the load rises, for how long it stays, and how fast it changes. */
export const STEP = { riseAtS: 0.2e-6, widthS: 4e-6, edgeS: 100e-9, stopS: 8.4e-6 } as const;

/** The load rises from its least to its full value and falls again. */
export function loadStepBench(dut: DeviceUnderTest, options: LdoOptions): Testbench {
  const { lightLoadAmperes, fullLoadAmperes } = options;
  const { deck, variables } = ldoDeck(dut, options, lightLoadAmperes, {
    kind: "pulse",
    low: lightLoadAmperes,
    high: fullLoadAmperes,
    delayS: STEP.riseAtS,
    riseS: STEP.edgeS,
    fallS: STEP.edgeS,
    widthS: STEP.widthS,
    periodS: 2 * STEP.stopS,
  });
  return {
    name: LOAD_STEP_BENCH,
    deck,
    variables,
    analyses: [{ kind: "op" }, { kind: "tran", stepS: 50e-9, stopS: STEP.stopS, maxStepS: 100e-9 }],
    save: [OUTPUT_NODE],
    timeoutMs: options.timeoutMs,
    plots: loadStepPlots,
  };
}
