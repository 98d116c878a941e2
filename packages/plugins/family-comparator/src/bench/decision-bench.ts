import { activeDevices, biasSources, voltageSource } from "@topogenie/building-blocks";
import {
  GROUND,
  SUPPLY,
  type BiasVariable,
  type DeckElement,
  type DeviceUnderTest,
  type Testbench,
  type Waveform,
} from "@topogenie/core";
import { decisionPlots } from "../measure/plots.js";
import type { ComparatorOptions } from "../options.js";
import { comparatorPorts } from "./comparator-ports.js";

export const BENCH = "decisions";
/** The difference of the outputs, or a lone output over half the supply. */
export const DECISION_NODE = "tb_decision";
/** The input difference, for the plot. */
export const DIFFERENCE_NODE = "tb_difference";
/** The clock; 0 V throughout where the circuit has none. */
export const CLOCK_NODE = "tb_clock";
export const SUPPLY_SOURCE = "supply";
/**
 * Input differences, one each period, volts. Each small one follows an opposite and mostly larger one, from which a
 * comparator must recover.
 */
export const DIFFERENCES: readonly number[] = [50e-3, -10e-3, 10e-3, -50e-3, 2e-3, -2e-3];
/** Edges of the clock and of the inputs take this share of a period. */
const EDGE_SHARE = 1e-3;
const POINTS_PER_PERIOD = 20;

/** When in a period the clock rises and falls; the inputs change at its start. */
export const CLOCK = { risesAt: 0.25, fallsAt: 0.75 } as const;

/**
 * One decision each period. Inputs change at its start, in the middle of the clock's low phase, so that circuits that decide in
 * either phase see a steady input. Odd clocks and `VLATCH#` are the clock, even ones and `VTRACK#` its complement.
 */
export function decisionBench(dut: DeviceUnderTest, options: ComparatorOptions): Testbench {
  const { circuit } = dut;
  const { supplyVolts, periodS } = options;
  const node = (net: string): string => dut.node(net);
  const ports = comparatorPorts(circuit);
  const supply = node(SUPPLY);
  const devices = activeDevices(dut.elements, dut.models, supply);
  const inputNodes = ports.inputs.map(node);
  const commonMode = inputCommonMode(
    new Set(devices.filter(({ control }) => inputNodes.includes(control)).map(({ polarity }) => polarity)),
    supplyVolts,
  );
  const bias = biasSources(dut, {
    supplyVolts,
    isSignal: (port) => !ports.bias.includes(port),
    inputs: new Map(inputNodes.map((input) => [input, commonMode.default])),
  });
  const [first, second] = ports.outputs;
  const share = ports.inputs.length === 1 ? [1] : [0.5, -0.5];
  const elements: DeckElement[] = [
    ...dut.elements,
    ...bias.elements,
    voltageSource(SUPPLY_SOURCE, supply, GROUND, { dc: supplyVolts }),
    voltageSource("half", "tb_half", GROUND, { dc: supplyVolts / 2 }),
    voltageSource("common", "tb_common", GROUND, { dc: commonMode.default }),
    ...inputNodes.map((input, index) =>
      voltageSource(`input${index + 1}`, input, "tb_common", { dc: 0 }, differences(periodS, share[index] ?? 1)),
    ),
    voltageSource("difference", DIFFERENCE_NODE, GROUND, { dc: 0 }, differences(periodS, 1)),
    ...ports.held.map((port, index) => voltageSource(`held${index + 1}`, node(port), "tb_common", { dc: 0 })),
    ...ports.clocks.map(({ port, complement }) =>
      voltageSource(
        `clock_${port.toLowerCase()}`,
        node(port),
        GROUND,
        { dc: complement ? supplyVolts : 0 },
        clock(options, complement),
      ),
    ),
    ports.clocks.length === 0
      ? voltageSource("clock", CLOCK_NODE, GROUND, { dc: 0 })
      : voltageSource("clock", CLOCK_NODE, GROUND, { dc: 0 }, clock(options, false)),
    ...ports.outputs.map((output, index): DeckElement => ({
      kind: "capacitor",
      name: `load${index + 1}`,
      nodes: [node(output), GROUND],
      values: { c: options.loadFarads },
    })),
    {
      kind: "vcvs",
      name: "decision",
      nodes: [DECISION_NODE, GROUND, node(first), second === undefined ? "tb_half" : node(second)],
      values: { gain: 1 },
    },
  ];
  const given = elements.filter(({ kind, name }) => kind === "voltage" && /^(supply|bias_|input|held|clock_)/.test(name));
  return {
    name: BENCH,
    deck: {
      title: `comparator ${circuit.name}`,
      elements,
      models: dut.models,
      temperatureCelsius: options.temperatureCelsius,
    },
    variables: [...bias.variables, commonMode],
    analyses: [
      { kind: "op" },
      {
        kind: "tran",
        stepS: periodS / POINTS_PER_PERIOD,
        stopS: DIFFERENCES.length * periodS,
        maxStepS: periodS / POINTS_PER_PERIOD,
      },
    ],
    save: [DECISION_NODE, DIFFERENCE_NODE, CLOCK_NODE, ...given.map(({ name }) => `i(${name})`)],
    timeoutMs: options.timeoutMs,
    plots: decisionPlots,
  };
}

function differences(periodS: number, share: number): Waveform {
  const edge = EDGE_SHARE * periodS;
  const points = DIFFERENCES.flatMap((volts, index): (readonly [number, number])[] => [
    [index === 0 ? 0 : index * periodS + edge, share * volts],
    [(index + 1) * periodS, share * volts],
  ]);
  return { kind: "pwl", points };
}

function clock({ supplyVolts, periodS }: ComparatorOptions, complement: boolean): Waveform {
  const edge = EDGE_SHARE * periodS;
  return {
    kind: "pulse",
    low: complement ? supplyVolts : 0,
    high: complement ? 0 : supplyVolts,
    delayS: CLOCK.risesAt * periodS,
    riseS: edge,
    fallS: edge,
    widthS: (CLOCK.fallsAt - CLOCK.risesAt) * periodS - edge,
    periodS,
  };
}

/** Where the inputs stand: a design variable, because n pairs want it high and p pairs low. */
function inputCommonMode(polarities: ReadonlySet<"n" | "p">, supplyVolts: number): BiasVariable {
  const only = polarities.size === 1 ? [...polarities][0] : undefined;
  const share = only === undefined ? 0.5 : only === "n" ? 0.6 : 0.4;
  return {
    name: "inputCommonMode",
    title: "Input common-mode voltage",
    unit: "V",
    minimum: 0.1 * supplyVolts,
    maximum: 0.9 * supplyVolts,
    scale: "linear",
    default: share * supplyVolts,
    sets: ["common.dc"],
  };
}
