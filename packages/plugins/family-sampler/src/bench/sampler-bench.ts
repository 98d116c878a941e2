import { activeDevices, BiasGuess, portSource, voltageAmplifier, voltageSource } from "@topogenie/building-blocks";
import { GROUND, portKind, SUPPLY, TopogenieError } from "@topogenie/core";
import type { BiasVariable, DeckElement, DeviceUnderTest, Testbench } from "@topogenie/core";
import { waveformPlot } from "../measure/waveform-plot.js";
import type { SamplerOptions } from "../options.js";
import { clockKinds, clockSources } from "./clock-phases.js";

export const BENCH = "sampling";
/** The output, or the difference of the two. */
export const OUTPUT_NODE = "tb_output";
/** Half the difference of the inputs, or the input less its common mode. */
export const INPUT_NODE = "tb_input";
/** Periods that the circuit is given to come to rest. */
export const SETTLING_PERIODS = 6;
const STEPS_PER_PERIOD = 40;

/**
 * A coherent sine into the sampler, two non-overlapping clock phases, the outputs loaded by capacitors. Amplitude and common mode
 * of the input are design variables: a lone n switch passes low signals alone.
 */
export function samplerBench(dut: DeviceUnderTest, options: SamplerOptions): Testbench {
  const { circuit } = dut;
  const { supplyVolts, periodS, samples, cycles } = options;
  const node = (net: string): string => dut.node(net);
  const supply = node(SUPPLY);
  const ofKind = (...kinds: readonly string[]): string[] =>
    circuit.ports.filter((port) => kinds.includes(portKind(port))).sort((a, b) => (a < b ? -1 : 1));
  const inputs = ofKind("VIN");
  const outputs = ofKind("VOUT");
  const [output, second] = outputs;
  if (output === undefined || inputs.length === 0) {
    throw new TopogenieError(
      "SAMPLER_PORTS",
      `Circuit "${circuit.name}" has ${inputs.length} VIN and ${outputs.length} VOUT ports; a sampler's bench needs one of each at least.`,
    );
  }
  const devices = activeDevices(dut.elements, dut.models, supply);
  const common = supplyVolts / 2;
  const guess = new BiasGuess(devices, supply, supplyVolts, new Map(inputs.map((port) => [node(port), common])));
  const placed = new Set(["VDD", "VSS", "VIN", "VOUT", ...clockKinds]);
  const sources = circuit.ports
    .filter((port) => !placed.has(portKind(port)))
    .map((port) => portSource({ port, node: node(port), supply, supplyVolts, elements: dut.elements, devices, guess }));
  const elements: DeckElement[] = [
    ...dut.elements,
    ...sources.flatMap((source) => source.elements),
    ...clockSources(
      ofKind(...clockKinds).map((port) => ({ port, node: node(port) })),
      supplyVolts,
      periodS,
    ),
    voltageSource("supply", supply, GROUND, { dc: supplyVolts }),
    voltageSource("common", "tb_common", GROUND, { dc: common }),
    voltageSource(
      "sine",
      "tb_sine",
      GROUND,
      { dc: 0 },
      { kind: "sine", offset: 0, amplitude: 1, frequencyHz: cycles / (samples * periodS) },
    ),
    voltageAmplifier("amplitude", INPUT_NODE, GROUND, "tb_sine", GROUND, supplyVolts / 10),
    ...inputs.flatMap((port, index): DeckElement[] => [
      voltageAmplifier(
        `signal_${index + 1}`,
        `tb_signal_${index + 1}`,
        "tb_common",
        INPUT_NODE,
        GROUND,
        index % 2 === 0 ? 1 : -1,
      ),
      // What the circuit draws from its signal is counted as the bias ports' currents are.
      voltageSource(`bias_input_${index + 1}`, node(port), `tb_signal_${index + 1}`, { dc: 0 }),
    ]),
    ...outputs.map((port, index): DeckElement => ({
      kind: "capacitor",
      name: `load_${index + 1}`,
      nodes: [node(port), GROUND],
      values: { c: options.loadFarads },
    })),
    voltageAmplifier("output", OUTPUT_NODE, GROUND, node(output), second === undefined ? GROUND : node(second), 1),
  ];
  const variables: BiasVariable[] = [
    {
      name: "inputCommonMode",
      title: "Common mode of the input",
      unit: "V",
      minimum: 0.1 * supplyVolts,
      maximum: 0.9 * supplyVolts,
      scale: "linear",
      default: common,
      sets: ["common.dc"],
    },
    {
      name: "inputAmplitude",
      title: "Peak of the input sine at each input",
      unit: "V",
      minimum: 0.03 * supplyVolts,
      maximum: 0.4 * supplyVolts,
      scale: "log",
      default: supplyVolts / 10,
      sets: ["amplitude.gain"],
    },
  ];
  const charged = elements.filter(({ kind, name }) => kind === "voltage" && /^(supply|bias_|clock_)/.test(name));
  return {
    name: BENCH,
    deck: { title: `sampler ${circuit.name}`, elements, models: dut.models, temperatureCelsius: options.temperatureCelsius },
    variables: [...sources.flatMap((source) => source.variables), ...variables],
    analyses: [
      { kind: "op" },
      {
        kind: "tran",
        stepS: periodS / STEPS_PER_PERIOD,
        stopS: (SETTLING_PERIODS + samples) * periodS,
        startS: SETTLING_PERIODS * periodS,
        maxStepS: periodS / STEPS_PER_PERIOD,
      },
    ],
    save: [OUTPUT_NODE, INPUT_NODE, ...charged.map(({ name }) => `i(${name})`)],
    timeoutMs: options.timeoutMs,
    plots: (result) => waveformPlot(result),
  };
}
