import { biasSources, voltageAmplifier, voltageSource } from "@topogenie/building-blocks";
import { GROUND, portKind, SUPPLY, TopogenieError } from "@topogenie/core";
import type { DeckElement, DeviceUnderTest, Testbench } from "@topogenie/core";
import { lockPlot } from "../measure/lock-plot.js";
import type { PllOptions } from "../options.js";
import { referenceEdges, referenceWaveform } from "./reference.js";

export const BENCH = "lock";
export const OUTPUT_NODE = "tb_output";
export const referenceKinds = ["VIN", "LOGICA"] as const;
export const outputKinds = ["VOUT", "LOGICQ", "LOGICF"] as const;
/**
 * Half as many let a loop slip cycles that it keeps with these; twice as many change nothing. The solver's tolerance is as tight
 * as it must be as well: at five times the usual one (reltol 5e-3) a third of the time is saved, and three of five locking
 * loops no longer lock. What a run costs is the logic: a new state passes it gate by gate, some seven iterations a time point.
 */
const STEPS_PER_PERIOD = 40;

/**
 * A reference that rises in frequency once and then falls silent, from rest. Following the rise tells a loop from an oscillator
 * that happens to have the right frequency; running on tells it from a wire that hands the reference on.
 */
export function pllBench(dut: DeviceUnderTest, options: PllOptions): Testbench {
  const { circuit } = dut;
  const { supplyVolts, referencePeriodS } = options;
  const node = (net: string): string => dut.node(net);
  const supply = node(SUPPLY);
  const ofKind = (...kinds: readonly string[]): string[] =>
    circuit.ports.filter((port) => kinds.includes(portKind(port))).sort((a, b) => (a < b ? -1 : 1));
  const [references, outputs] = [ofKind(...referenceKinds), ofKind(...outputKinds)];
  const [output] = outputs;
  if (output === undefined || references.length === 0) {
    throw new TopogenieError(
      "PLL_PORTS",
      `Circuit "${circuit.name}" has ${references.length} reference inputs (${referenceKinds.join(", ")}) and ${outputs.length} outputs (${outputKinds.join(", ")}); a loop's bench needs one of each at least.`,
    );
  }
  const signals = new Set([...references, ...outputs]);
  const bias = biasSources(dut, { supplyVolts, isSignal: (port) => signals.has(port) });
  const elements: DeckElement[] = [
    ...dut.elements,
    ...bias.elements,
    voltageSource("supply", supply, GROUND, { dc: supplyVolts }),
    ...references.map((port, index) =>
      voltageSource(`reference_${index + 1}`, node(port), GROUND, { dc: 0 }, referenceWaveform(options)),
    ),
    ...outputs.map((port, index): DeckElement => ({
      kind: "capacitor",
      name: `load_${index + 1}`,
      nodes: [node(port), GROUND],
      values: { c: options.loadFarads },
    })),
    voltageAmplifier("output", OUTPUT_NODE, GROUND, node(output), GROUND, 1),
  ];
  const charged = elements.filter(({ kind, name }) => kind === "voltage" && /^(supply|bias_|reference_)/.test(name));
  const stepS = referencePeriodS / STEPS_PER_PERIOD;
  return {
    name: BENCH,
    deck: {
      title: `phase-locked loop ${circuit.name}`,
      elements,
      models: dut.models,
      temperatureCelsius: options.temperatureCelsius,
      // Most of a loop is logic that rests between edges.
      bypass: true,
    },
    variables: bias.variables,
    analyses: [{ kind: "tran", stepS, stopS: referenceEdges(options).stopS, maxStepS: stepS, useInitialConditions: true }],
    save: [OUTPUT_NODE, ...charged.map(({ name }) => `i(${name})`)],
    timeoutMs: options.timeoutMs,
    plots: (result) => lockPlot(result, options),
  };
}
