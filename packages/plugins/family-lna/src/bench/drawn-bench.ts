import {
  biasSources,
  type InputCoupling,
  inputCoupling,
  voltageAmplifier,
  voltageSource,
  withWindings,
} from "@topogenie/building-blocks";
import { GROUND, SUPPLY, type BiasVariable, type DeckElement, type DeviceUnderTest, type Waveform } from "@topogenie/core";
import type { LnaOptions } from "../options.js";
import { signalPorts } from "./signal-ports.js";

export const SUPPLY_SOURCE = "supply";
export const SIGNAL_SOURCE = "signal";
/** Electromotive force of the whole source. */
export const SIGNAL_NODE = "tb_signal";
/** Voltage across the input, or between the two. */
export const INPUT_NODE = "tb_input";
/** Voltage across the load. */
export const OUTPUT_NODE = "tb_output";

const COUPLING_FARADS = 1e-9;
const BIAS_CURRENTS = { minimum: 5e-6, maximum: 5e-3, default: 200e-6 } as const;

export interface DrawnBench {
  readonly elements: readonly DeckElement[];
  readonly variables: readonly BiasVariable[];
}

/**
 * The amplifier between its source and its load. Two inputs share the source as behind an ideal balun: half its resistance and
 * half its electromotive force each; an input that only gates or a channel touch is given its
 * direct voltage through the source, others are coupled by a capacitor. The load is across the output, or between the two, and noiseless.
 */
export function drawnBench(dut: DeviceUnderTest, options: LnaOptions, waveform?: Waveform): DrawnBench {
  const { supplyVolts, sourceOhms, loadOhms, windingOhms } = options;
  const { inputs, outputs } = signalPorts(dut.circuit);
  const supply = dut.node(SUPPLY);
  const signals: ReadonlySet<string> = new Set([...inputs, ...outputs]);
  const bias = biasSources(dut, { supplyVolts, isSignal: (port) => signals.has(port), currents: BIAS_CURRENTS });
  const couplings = inputs.map((port) =>
    inputCoupling(dut.node(port), supply, dut.elements, bias.devices, bias.guess, bias.held),
  );
  const [inputPlus = GROUND, inputMinus = GROUND] = inputs.map((_, index) => sourcePort(index));
  const loads = outputs.map((_, index) => `tb_load${index + 1}`);
  const [loadPlus = GROUND, loadMinus = GROUND] = loads;
  const elements: DeckElement[] = [
    ...withWindings(dut.elements, windingOhms),
    ...bias.sources.flatMap((source) => source.elements),
    voltageSource(SUPPLY_SOURCE, supply, GROUND, { dc: supplyVolts }),
    voltageSource(SIGNAL_SOURCE, SIGNAL_NODE, GROUND, { dc: 0, acmag: 1 }, waveform),
    ...inputs.flatMap((port, index): DeckElement[] => {
      const coupling = couplings[index] ?? { kind: "joined" };
      const number = index + 1;
      const share = inputs.length === 1 ? 1 : index === 0 ? 0.5 : -0.5;
      const foot = coupling.kind === "biased" ? `tb_bias${number}` : GROUND;
      return [
        ...(coupling.kind === "biased" ? [voltageSource(`bias_input${number}`, foot, GROUND, { dc: coupling.volts })] : []),
        voltageAmplifier(`share${number}`, `tb_emf${number}`, foot, SIGNAL_NODE, GROUND, share),
        {
          kind: "resistor",
          name: `source${number}`,
          nodes: [`tb_emf${number}`, sourcePort(index)],
          values: { r: sourceOhms / inputs.length },
        },
        coupling.kind === "coupled"
          ? {
              kind: "capacitor",
              name: `couple${number}`,
              nodes: [sourcePort(index), dut.node(port)],
              values: { c: COUPLING_FARADS },
            }
          : voltageSource(`join${number}`, sourcePort(index), dut.node(port), { dc: 0 }),
      ];
    }),
    ...outputs.map((port, index): DeckElement => {
      return {
        kind: "capacitor",
        name: `block${index + 1}`,
        nodes: [dut.node(port), `tb_load${index + 1}`],
        values: { c: COUPLING_FARADS },
      };
    }),
    // The load as a controlled source, which makes no noise; the leaks give the coupled nodes a direct voltage.
    { kind: "vccs", name: "load", nodes: [loadPlus, loadMinus, loadPlus, loadMinus], values: { gain: 1 / loadOhms } },
    ...[...loads, ...outputs.map((port) => dut.node(port))].map((node, index): DeckElement => ({
      kind: "vccs",
      name: `leak${index + 1}`,
      nodes: [node, GROUND, node, GROUND],
      values: { gain: LEAK_SIEMENS },
    })),
    voltageAmplifier("sense_input", INPUT_NODE, GROUND, inputPlus, inputMinus, 1),
    voltageAmplifier("sense_output", OUTPUT_NODE, GROUND, loadPlus, loadMinus, 1),
  ];
  return { elements, variables: [...bias.variables, ...inputVariables(couplings, supplyVolts)] };
}

const LEAK_SIEMENS = 1e-9;

function sourcePort(index: number): string {
  return `tb_source${index + 1}`;
}

/** Two inputs stand at one voltage. */
function inputVariables(couplings: readonly InputCoupling[], supplyVolts: number): readonly BiasVariable[] {
  const biased = couplings.flatMap((coupling, index) =>
    coupling.kind === "biased" ? [{ start: coupling.volts, key: `bias_input${index + 1}.dc` }] : [],
  );
  const [first] = biased;
  if (first === undefined) return [];
  return [
    {
      name: "inputBias",
      title: "Direct voltage at the input",
      unit: "V",
      minimum: 0,
      maximum: supplyVolts,
      scale: "linear",
      default: first.start,
      sets: biased.map(({ key }) => key),
    },
  ];
}
