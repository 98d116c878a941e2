import { biasSources, inputCoupling, voltageAmplifier, voltageSource, withWindings } from "@topogenie/building-blocks";
import { GROUND, SUPPLY, type BiasVariable, type DeckElement, type DeviceUnderTest, type Testbench } from "@topogenie/core";
import { carrierPlot } from "../measure/carrier-plot.js";
import type { PaOptions } from "../options.js";
import { signalPorts } from "./signal-ports.js";

export const BENCH = "carrier";
export const OUTPUT_NODE = "tb_output";
/** Electromotive force of the whole source. */
export const DRIVE_NODE = "tb_drive";
export const SUPPLY_SOURCE = "supply";

/** Periods of the carrier: until the first measurement, in each of the two measurements that follow one another, and without it. */
export const SETTLING_PERIODS = 12;
export const MEASURED_PERIODS = 2;
export const SILENT_PERIODS = 8;
const STEPS_PER_PERIOD = 32;

const COUPLING_FARADS = 100e-12;
const LEAK_SIEMENS = 1e-9;
const BIAS_CURRENTS = { minimum: 20e-6, maximum: 5e-3, default: 1e-3 } as const;
const DRIVE = { minimum: 0.1, maximum: 4, default: 1 } as const;

/**
 * The amplifier driven by a carrier until it has settled; then the carrier stops, and what goes on is an oscillator's. Two inputs share the source as behind an ideal balun; an input
 * that gates touch stands at a direct voltage that is a design variable, others are coupled by a capacitor. The load is
 * coupled by capacitors, across the output or between the two.
 */
export function carrierBench(dut: DeviceUnderTest, options: PaOptions): Testbench {
  const { circuit } = dut;
  const { supplyVolts, frequencyHz, sourceOhms, loadOhms, windingOhms } = options;
  const { inputs, outputs } = signalPorts(circuit);
  const supply = dut.node(SUPPLY);
  const signals: ReadonlySet<string> = new Set([...inputs, ...outputs]);
  const bias = biasSources(dut, { supplyVolts, isSignal: (port) => signals.has(port), currents: BIAS_CURRENTS });
  const couplings = inputs.map((port) =>
    inputCoupling(dut.node(port), supply, dut.elements, bias.devices, bias.guess, bias.held),
  );
  const biased = couplings.flatMap((coupling, index) => (coupling.kind === "biased" ? [{ index, volts: coupling.volts }] : []));
  const start = biased[0]?.volts ?? 0;
  const loads = outputs.map((_, index) => `tb_load${index + 1}`);
  const [loadPlus = GROUND, loadMinus = GROUND] = loads;
  const drivenPeriods = SETTLING_PERIODS + 2 * MEASURED_PERIODS;
  const elements: DeckElement[] = [
    ...withWindings(dut.elements, windingOhms),
    ...bias.sources.flatMap((source) => source.elements),
    voltageSource(SUPPLY_SOURCE, supply, GROUND, { dc: supplyVolts }),
    voltageSource("carrier", "tb_begun", GROUND, { dc: 0 }, { kind: "sine", offset: 0, amplitude: 1, frequencyHz }),
    voltageSource(
      "carrier_end",
      "tb_carrier",
      "tb_begun",
      { dc: 0 },
      { kind: "sine", offset: 0, amplitude: -1, frequencyHz, delayS: drivenPeriods / frequencyHz },
    ),
    voltageAmplifier("drive", DRIVE_NODE, GROUND, "tb_carrier", GROUND, DRIVE.default),
    ...inputs.flatMap((port, index): DeckElement[] => {
      const coupling = couplings[index] ?? { kind: "joined" };
      const number = index + 1;
      const [foot, open, end] = [`tb_foot${number}`, `tb_open${number}`, `tb_end${number}`];
      const share = inputs.length === 1 ? 1 : index === 0 ? 0.5 : -0.5;
      return [
        ...(coupling.kind === "biased" ? [voltageSource(`bias_input${number}`, foot, GROUND, { dc: start })] : []),
        voltageAmplifier(`share${number}`, open, coupling.kind === "biased" ? foot : GROUND, DRIVE_NODE, GROUND, share),
        { kind: "resistor", name: `source${number}`, nodes: [open, end], values: { r: sourceOhms / inputs.length } },
        coupling.kind === "coupled"
          ? { kind: "capacitor", name: `couple${number}`, nodes: [end, dut.node(port)], values: { c: COUPLING_FARADS } }
          : voltageSource(`join${number}`, end, dut.node(port), { dc: 0 }),
      ];
    }),
    ...outputs.flatMap((port, index): DeckElement[] => [
      {
        kind: "capacitor",
        name: `block${index + 1}`,
        nodes: [dut.node(port), loads[index] ?? GROUND],
        values: { c: COUPLING_FARADS },
      },
      leak(`leak_port${index + 1}`, dut.node(port)),
      leak(`leak_load${index + 1}`, loads[index] ?? GROUND),
    ]),
    { kind: "resistor", name: "load", nodes: [loadPlus, loadMinus], values: { r: loadOhms } },
    voltageAmplifier("sense", OUTPUT_NODE, GROUND, loadPlus, loadMinus, 1),
  ];
  const paid = elements.filter(({ kind, name }) => kind === "voltage" && name.startsWith("bias_")).map(({ name }) => name);
  const period = 1 / frequencyHz;
  return {
    name: BENCH,
    deck: {
      title: `power amplifier ${circuit.name}`,
      elements,
      models: dut.models,
      temperatureCelsius: options.temperatureCelsius,
    },
    variables: [
      ...bias.variables,
      ...inputVariable(
        biased.map(({ index }) => index),
        start,
        supplyVolts,
      ),
      driveVariable,
    ],
    analyses: [
      { kind: "op" },
      {
        kind: "tran",
        stepS: period / STEPS_PER_PERIOD,
        stopS: (drivenPeriods + SILENT_PERIODS) * period,
        maxStepS: period / STEPS_PER_PERIOD,
      },
    ],
    save: [OUTPUT_NODE, DRIVE_NODE, ...[SUPPLY_SOURCE, ...paid].map((name) => `i(${name})`)],
    timeoutMs: options.timeoutMs,
    plots: carrierPlot,
  };
}

const driveVariable: BiasVariable = {
  name: "drive",
  title: "Amplitude of the source's electromotive force",
  unit: "V",
  ...DRIVE,
  scale: "log",
  sets: ["drive.gain"],
};

function inputVariable(indices: readonly number[], start: number, supplyVolts: number): readonly BiasVariable[] {
  if (indices.length === 0) return [];
  return [
    {
      name: "inputBias",
      title: "Direct voltage at the input",
      unit: "V",
      minimum: 0,
      maximum: supplyVolts,
      scale: "linear",
      default: start,
      sets: indices.map((index) => `bias_input${index + 1}.dc`),
    },
  ];
}

function leak(name: string, node: string): DeckElement {
  return { kind: "vccs", name, nodes: [node, GROUND, node, GROUND], values: { gain: LEAK_SIEMENS } };
}
