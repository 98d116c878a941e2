import { biasSources, voltageAmplifier, voltageSource } from "@topogenie/building-blocks";
import { GROUND, portKind, SUPPLY, TopogenieError } from "@topogenie/core";
import type { DeckElement, DeviceUnderTest, Testbench } from "@topogenie/core";
import { timingPlot } from "../measure/timing-plot.js";
import type { CmosLogicOptions } from "../options.js";
import { clockWaveform, inputWaveform, stimulus } from "./stimulus.js";

export const BENCH = "truth-table";
export const inputKinds = ["LOGICA", "LOGICB", "LOGICD"] as const;
export const outputKinds = ["LOGICF", "LOGICG", "LOGICQ", "LOGICQA", "LOGICQB"] as const;
export const INPUT_PREFIX = "tb_in_";
export const OUTPUT_PREFIX = "tb_out_";
export const CLOCK_NODE = "tb_clock";
/** 2^8 combinations twice are as many as one transient analysis can afford. */
const MOST_INPUTS = 8;
const STEPS_PER_SLOT = 20;

/**
 * Every combination of inputs in turn, at levels that stay away from the rails, so that only a circuit which restores them gives
 * full ones. Clock ports with odd numbers get the clock, even ones its complement.
 */
export function logicBench(dut: DeviceUnderTest, options: CmosLogicOptions): Testbench {
  const { circuit } = dut;
  const { supplyVolts, slotS, inputLoss } = options;
  const node = (net: string): string => dut.node(net);
  const supply = node(SUPPLY);
  const ofKind = (...kinds: readonly string[]): string[] =>
    circuit.ports.filter((port) => kinds.includes(portKind(port))).sort((a, b) => (a < b ? -1 : 1));
  const [inputs, outputs, clocks] = [ofKind(...inputKinds), ofKind(...outputKinds), ofKind("VCLK")];
  if (outputs.length === 0 || inputs.length === 0 || inputs.length > MOST_INPUTS) {
    throw new TopogenieError(
      "CMOS_LOGIC_PORTS",
      `Circuit "${circuit.name}" has ${inputs.length} logic inputs and ${outputs.length} outputs; the truth table's bench needs 1 to ${MOST_INPUTS} inputs (${inputKinds.join(", ")}) and an output (${outputKinds.join(", ")}).`,
    );
  }
  const clocked = clocks.length > 0;
  const course = stimulus(inputs.length, clocked, slotS);
  const signals = new Set([...inputs, ...outputs, ...clocks]);
  const bias = biasSources(dut, { supplyVolts, isSignal: (port) => signals.has(port) });
  const [low, high] = [inputLoss * supplyVolts, (1 - inputLoss) * supplyVolts];
  const elements: DeckElement[] = [
    ...dut.elements,
    ...bias.elements,
    voltageSource("supply", supply, GROUND, { dc: supplyVolts }),
    ...clocks.map((port) => {
      const inverted = Number(/\d+$/.exec(port)?.[0] ?? 1) % 2 === 0;
      const waveform = clockWaveform(supplyVolts, slotS, inverted);
      return voltageSource(`clock_${port.toLowerCase()}`, node(port), GROUND, { dc: inverted ? supplyVolts : 0 }, waveform);
    }),
    ...inputs.flatMap((port, index): DeckElement[] => [
      voltageSource(`input_${index + 1}`, node(port), GROUND, { dc: low }, inputWaveform(course, index, low, high, slotS)),
      voltageAmplifier(`sense_${index + 1}`, `${INPUT_PREFIX}${index + 1}`, GROUND, node(port), GROUND, 1),
    ]),
    ...outputs.flatMap((port, index): DeckElement[] => [
      { kind: "capacitor", name: `load_${index + 1}`, nodes: [node(port), GROUND], values: { c: options.loadFarads } },
      voltageAmplifier(`output_${index + 1}`, `${OUTPUT_PREFIX}${index + 1}`, GROUND, node(port), GROUND, 1),
    ]),
    ...(clocked ? [voltageAmplifier("clock_sense", CLOCK_NODE, GROUND, node(clocks[0] ?? ""), GROUND, 1)] : []),
  ];
  const charged = elements.filter(({ kind, name }) => kind === "voltage" && /^(supply|bias_|clock_|input_)/.test(name));
  return {
    name: BENCH,
    deck: { title: `logic ${circuit.name}`, elements, models: dut.models, temperatureCelsius: options.temperatureCelsius },
    variables: bias.variables,
    analyses: [
      { kind: "op" },
      { kind: "tran", stepS: slotS / STEPS_PER_SLOT, stopS: course.stopS, maxStepS: slotS / STEPS_PER_SLOT },
    ],
    save: [
      ...inputs.map((_, index) => `${INPUT_PREFIX}${index + 1}`),
      ...outputs.map((_, index) => `${OUTPUT_PREFIX}${index + 1}`),
      ...(clocked ? [CLOCK_NODE] : []),
      ...charged.map(({ name }) => `i(${name})`),
    ],
    timeoutMs: options.timeoutMs,
    plots: (result) => timingPlot(result),
  };
}
