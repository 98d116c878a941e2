import {
  biasSources,
  type InputCoupling,
  inputCoupling,
  voltageAmplifier,
  voltageSource,
  withWindings,
} from "@topogenie/building-blocks";
import { GROUND, SUPPLY, TopogenieError } from "@topogenie/core";
import type { BiasVariable, DeckElement, DeviceUnderTest, Testbench } from "@topogenie/core";
import { conversionPlot } from "../measure/conversion-plot.js";
import type { MixerOptions } from "../options.js";
import { portRoles } from "./port-roles.js";

export const BENCH = "conversion";
export const OUTPUT_NODE = "tb_output";
/** Electromotive force of the local oscillator's whole source. */
export const OSCILLATOR_NODE = "tb_oscillator";
export const SUPPLY_SOURCE = "supply";

/** Multiples of the intermediate frequency. Small whole numbers make all periods fit into one of the intermediate frequency. */
export const OSCILLATOR_MULTIPLE = 3;
export const SIGNAL_MULTIPLE = 4;

/** Available power of the signal: small for the gain, large to see how the gain bends. Watts. */
export const SMALL_WATTS = 1e-6;
export const LARGE_WATTS = 50e-6;

/** Periods of the intermediate frequency that each of the three parts lasts; the last of them is measured. */
const PART_PERIODS = 2;
const STEPS_PER_OSCILLATOR_PERIOD = 32;
const COUPLING_FARADS = 20e-12;
const LEAK_SIEMENS = 1e-9;
const BIAS_CURRENTS = { minimum: 10e-6, maximum: 10e-3, default: 500e-6 } as const;

/** Peak electromotive force of a source of this resistance with this available power. */
export function sourceVolts(watts: number, ohms: number): number {
  return Math.sqrt(8 * watts * ohms);
}

/** Where part 0, 1 or 2 is measured, seconds. */
export function measuredSpan(part: number, intermediateHz: number): readonly [number, number] {
  const end = (part + 1) * PART_PERIODS;
  return [(end - 1) / intermediateHz, end / intermediateHz];
}

/**
 * One transient in three parts: a small signal, the same signal reversed, and a large reversed one, with the local oscillator
 * running throughout. What the reversal does not reverse is no conversion of the signal: half the difference of the first two
 * parts is free of feed-through, of the settling bias and of anything that the oscillator makes alone.
 */
export function conversionBench(dut: DeviceUnderTest, options: MixerOptions): Testbench {
  const { circuit } = dut;
  const { supplyVolts, intermediateHz, loadOhms, windingOhms, sourceOhms } = options;
  const { inputs, oscillators, outputs } = portRoles(circuit);
  if (inputs.length === 0 || oscillators.length === 0 || outputs.length === 0) {
    throw new TopogenieError(
      "MIXER_PORTS",
      `Circuit "${circuit.name}" has ${inputs.length} signal inputs, ${oscillators.length} local oscillators and ${outputs.length} outputs; a mixer's bench needs one or two of each. Name them VRF#, VLO# and VIF#.`,
    );
  }
  const supply = dut.node(SUPPLY);
  const signals: ReadonlySet<string> = new Set([...inputs, ...oscillators, ...outputs]);
  const bias = biasSources(dut, { supplyVolts, isSignal: (port) => signals.has(port), currents: BIAS_CURRENTS });
  const couple = (port: string): InputCoupling =>
    inputCoupling(dut.node(port), supply, dut.elements, bias.devices, bias.guess, bias.held);
  const signal = sourceElements("signal", inputs, couple, dut, "tb_signal", sourceOhms, supplyVolts);
  const oscillator = sourceElements("oscillator", oscillators, couple, dut, OSCILLATOR_NODE, sourceOhms, supplyVolts);
  const loads = outputs.map((_, index) => `tb_load${index + 1}`);
  const [loadPlus = GROUND, loadMinus = GROUND] = loads;
  const oscillatorHz = OSCILLATOR_MULTIPLE * intermediateHz;
  const elements: DeckElement[] = [
    ...withWindings(dut.elements, windingOhms),
    ...bias.sources.flatMap((source) => source.elements),
    voltageSource(SUPPLY_SOURCE, supply, GROUND, { dc: supplyVolts }),
    ...signalSources(options),
    voltageSource(
      "oscillator_sine",
      "tb_sine",
      GROUND,
      { dc: 0 },
      { kind: "sine", offset: 0, amplitude: 1, frequencyHz: oscillatorHz },
    ),
    voltageAmplifier("oscillator_drive", OSCILLATOR_NODE, GROUND, "tb_sine", GROUND, DRIVE.default),
    ...signal.elements,
    ...oscillator.elements,
    ...outputs.flatMap((port, index): DeckElement[] => [
      {
        kind: "capacitor",
        name: `block${index + 1}`,
        nodes: [dut.node(port), `tb_load${index + 1}`],
        values: { c: COUPLING_FARADS },
      },
      leak(`leak_port${index + 1}`, dut.node(port)),
      leak(`leak_load${index + 1}`, `tb_load${index + 1}`),
    ]),
    { kind: "resistor", name: "load", nodes: [loadPlus, loadMinus], values: { r: loadOhms } },
    voltageAmplifier("sense", OUTPUT_NODE, GROUND, loadPlus, loadMinus, 1),
  ];
  const paid = elements.filter(({ kind, name }) => kind === "voltage" && name.startsWith("bias_")).map(({ name }) => name);
  return {
    name: BENCH,
    deck: { title: `mixer ${circuit.name}`, elements, models: dut.models, temperatureCelsius: options.temperatureCelsius },
    variables: [...bias.variables, ...signal.variables, ...oscillator.variables, driveVariable],
    analyses: [
      { kind: "op" },
      {
        kind: "tran",
        stepS: 1 / oscillatorHz / STEPS_PER_OSCILLATOR_PERIOD,
        stopS: (3 * PART_PERIODS) / intermediateHz,
        maxStepS: 1 / oscillatorHz / STEPS_PER_OSCILLATOR_PERIOD,
      },
    ],
    save: [OUTPUT_NODE, OSCILLATOR_NODE, ...[SUPPLY_SOURCE, ...paid].map((name) => `i(${name})`)],
    timeoutMs: options.timeoutMs,
    plots: conversionPlot,
  };
}

const DRIVE = { minimum: 0.1, maximum: 1.8, default: 1 } as const;

const driveVariable: BiasVariable = {
  name: "oscillatorAmplitude",
  title: "Amplitude of the local oscillator's source",
  unit: "V",
  ...DRIVE,
  scale: "linear",
  sets: ["oscillator_drive.gain"],
};

/** The signal: +small, then -small, then -large, as sines that begin one after the other. */
function signalSources({ intermediateHz, sourceOhms }: MixerOptions): DeckElement[] {
  const small = sourceVolts(SMALL_WATTS, sourceOhms);
  const large = sourceVolts(LARGE_WATTS, sourceOhms);
  const nodes = [GROUND, "tb_signal1", "tb_signal2", "tb_signal"];
  return [small, -2 * small, small - large].map((amplitude, part) =>
    voltageSource(
      `signal_sine${part + 1}`,
      nodes[part + 1] ?? GROUND,
      nodes[part] ?? GROUND,
      { dc: 0 },
      {
        kind: "sine",
        offset: 0,
        amplitude,
        frequencyHz: SIGNAL_MULTIPLE * intermediateHz,
        ...(part === 0 ? {} : { delayS: (part * PART_PERIODS) / intermediateHz }),
      },
    ),
  );
}

function leak(name: string, node: string): DeckElement {
  return { kind: "vccs", name, nodes: [node, GROUND, node, GROUND], values: { gain: LEAK_SIEMENS } };
}

/** A source at one port, or shared by two as behind an ideal balun, with the direct voltage or the capacitor that the ports need. */
function sourceElements(
  name: string,
  ports: readonly string[],
  couple: (port: string) => InputCoupling,
  dut: DeviceUnderTest,
  emf: string,
  ohms: number,
  supplyVolts: number,
): { readonly elements: readonly DeckElement[]; readonly variables: readonly BiasVariable[] } {
  const couplings = ports.map(couple);
  const biased = couplings.flatMap((coupling, index) => (coupling.kind === "biased" ? [{ index, volts: coupling.volts }] : []));
  const elements = ports.flatMap((port, index): DeckElement[] => {
    const coupling = couplings[index] ?? { kind: "joined" };
    const [foot, open, end] = [`tb_${name}_foot${index + 1}`, `tb_${name}_open${index + 1}`, `tb_${name}_end${index + 1}`];
    const low = coupling.kind === "biased" ? foot : GROUND;
    const share = ports.length === 1 ? 1 : index === 0 ? 0.5 : -0.5;
    return [
      ...(coupling.kind === "biased"
        ? [voltageSource(`bias_${name}${index + 1}`, foot, GROUND, { dc: biased[0]?.volts ?? 0 })]
        : []),
      voltageAmplifier(`${name}_share${index + 1}`, open, low, emf, GROUND, share),
      { kind: "resistor", name: `${name}_source${index + 1}`, nodes: [open, end], values: { r: ohms / ports.length } },
      coupling.kind === "coupled"
        ? { kind: "capacitor", name: `${name}_couple${index + 1}`, nodes: [end, dut.node(port)], values: { c: COUPLING_FARADS } }
        : voltageSource(`${name}_join${index + 1}`, end, dut.node(port), { dc: 0 }),
      leak(`${name}_leak${index + 1}`, dut.node(port)),
    ];
  });
  const [first] = biased;
  if (first === undefined) return { elements, variables: [] };
  return {
    elements,
    variables: [
      {
        name: `${name}Bias`,
        title: name === "signal" ? "Direct voltage at the signal input" : "Direct voltage at the local oscillator input",
        unit: "V",
        minimum: 0,
        maximum: supplyVolts,
        scale: "linear",
        default: first.volts,
        sets: biased.map(({ index }) => `bias_${name}${index + 1}.dc`),
      },
    ],
  };
}
