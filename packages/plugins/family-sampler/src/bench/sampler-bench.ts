import { biasSources, voltageAmplifier, voltageSource } from "@topogenie/building-blocks";
import { GROUND, portKind, SUPPLY, TopogenieError } from "@topogenie/core";
import type { BiasVariable, Deck, DeckElement, DeviceUnderTest, Testbench } from "@topogenie/core";
import { waveformPlot } from "../measure/waveform-plot.js";
import type { SamplerOptions } from "../options.js";
import { clockKinds, clockSources, stoppedClocks } from "./clock-phases.js";

export const BENCH = "sampling";
/** Noise with the clocks stopped in either phase. */
export const NOISE_BENCHES = ["noise-1", "noise-2"] as const;
/** The output, or the difference of the two. */
export const OUTPUT_NODE = "tb_output";
/** Half the difference of the inputs, or the input less its common mode. */
export const INPUT_NODE = "tb_input";
/** Periods that the circuit is given to come to rest. */
export const SETTLING_PERIODS = 6;
const STEPS_PER_PERIOD = 40;

/** Far above what any switch and capacitor of the bounds pass. */
const NOISE_TO_HZ = 1e12;

/**
 * A coherent sine into the sampler, two non-overlapping clock phases, the outputs loaded by capacitors. Amplitude and common mode
 * of the input are design variables: a lone n switch passes low signals alone. Beside it the noise in each phase, clocks stopped.
 */
export function samplerBenches(dut: DeviceUnderTest, options: SamplerOptions): readonly Testbench[] {
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
  const common = supplyVolts / 2;
  const clocks = ofKind(...clockKinds).map((port) => ({ port, node: node(port) }));
  const signals = new Set([...inputs, ...outputs, ...clocks.map(({ port }) => port)]);
  const bias = biasSources(dut, {
    supplyVolts,
    isSignal: (port) => signals.has(port),
    inputs: new Map(inputs.map((port) => [node(port), common])),
  });
  const elements: DeckElement[] = [
    ...dut.elements,
    ...bias.elements,
    voltageSource("supply", supply, GROUND, { dc: supplyVolts }),
    voltageSource("common", "tb_common", GROUND, { dc: common }),
    voltageSource(
      "sine",
      "tb_sine",
      GROUND,
      { dc: 0, acmag: 1 },
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
  const shared = { variables: [...bias.variables, ...variables], timeoutMs: options.timeoutMs };
  const deckOf = (clockElements: readonly DeckElement[]): Deck => ({
    title: `sampler ${circuit.name}`,
    elements: [...elements, ...clockElements],
    models: dut.models,
    temperatureCelsius: options.temperatureCelsius,
  });
  const sampling = deckOf(clockSources(clocks, supplyVolts, periodS));
  const charged = sampling.elements.filter(({ kind, name }) => kind === "voltage" && /^(supply|bias_|clock_)/.test(name));
  const noise = NOISE_BENCHES.map((name, index): Testbench => ({
    ...shared,
    name,
    deck: deckOf(stoppedClocks(clocks, supplyVolts, index === 0 ? 1 : 2)),
    analyses: [
      { kind: "op" },
      {
        kind: "noise",
        output: OUTPUT_NODE,
        input: "sine",
        pointsPerDecade: 5,
        // What is slower than the samples together is an offset of them all.
        startHz: 1 / (samples * periodS),
        stopHz: NOISE_TO_HZ,
      },
    ],
    save: [],
  }));
  const transient: Testbench = {
    ...shared,
    name: BENCH,
    deck: sampling,
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
    plots: (result) => waveformPlot(result),
  };
  return [transient, ...noise];
}
