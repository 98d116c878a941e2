import { biasSources, followSupply, voltageSource } from "@topogenie/building-blocks";
import {
  GROUND,
  portKind,
  SUPPLY,
  TopogenieError,
  type BiasVariable,
  type Circuit,
  type Deck,
  type DeckElement,
  type DeviceUnderTest,
  type Waveform,
} from "@topogenie/core";
import type { BandgapOptions } from "../options.js";

export const SUPPLY_SOURCE = "supply";
/** Follows the output, whatever its net is called. */
export const OUTPUT_NODE = "tb_output";

/** A source that moves one bias source from its value. */
export interface BiasStep {
  readonly source: string;
  readonly unit: "V" | "A";
  /** 0 V source through which a bias current flows. */
  readonly meter?: string;
}

export interface BandgapDeck {
  readonly deck: Deck;
  readonly variables: readonly BiasVariable[];
  readonly steps: readonly BiasStep[];
}

/** The reference between supply and ground with its bias sources and a capacitor at the output, and nothing else. */
export function bandgapDeck(
  dut: DeviceUnderTest,
  options: BandgapOptions,
  temperatureCelsius: number,
  supply?: Waveform,
): BandgapDeck {
  const { circuit } = dut;
  const { supplyVolts } = options;
  const node = (net: string): string => dut.node(net);
  const supplyNode = node(SUPPLY);
  const output = node(outputPort(circuit));
  const bias = biasSources(dut, { supplyVolts, isSignal: (port) => ["VOUT", "IOUT"].includes(portKind(port)) });
  const names = new Set(bias.elements.map(({ name }) => name));
  const placed = followSupply(bias.elements, bias.devices, supplyNode, supplyVolts);
  const stepped = placed.filter(({ name }) => names.has(name)).map(withStep);
  return {
    deck: {
      title: `reference ${circuit.name}`,
      elements: [
        ...dut.elements,
        ...stepped.flatMap(({ elements }) => elements),
        ...placed.filter(({ name }) => !names.has(name)),
        {
          ...voltageSource(SUPPLY_SOURCE, supplyNode, GROUND, { dc: supplyVolts, acmag: 1 }),
          ...(supply === undefined ? {} : { waveform: supply }),
        },
        { kind: "capacitor", name: "load", nodes: [output, GROUND], values: { c: options.loadFarads } },
        { kind: "vcvs", name: "follow_output", nodes: [OUTPUT_NODE, GROUND, output, GROUND], values: { gain: 1 } },
      ],
      models: dut.models,
      temperatureCelsius,
    },
    variables: bias.variables,
    steps: stepped.map(({ step }) => step),
  };
}

/** Of several outputs the first is the reference. Throws `BANDGAP_PORTS` when there is none. */
function outputPort(circuit: Circuit): string {
  const [output] = circuit.ports.filter((port) => portKind(port) === "VOUT").sort();
  if (output === undefined) {
    throw new TopogenieError("BANDGAP_PORTS", `Circuit "${circuit.name}" has no port VOUT1; a reference's bench needs one.`);
  }
  return output;
}

/** A voltage source gets a second one in series, a current source one in parallel and a meter. */
function withStep(element: DeckElement, index: number): { readonly elements: readonly DeckElement[]; readonly step: BiasStep } {
  const [plus = GROUND, minus = GROUND] = element.nodes;
  const middle = `tb_step${index + 1}`;
  const source = `step${index + 1}`;
  if (element.kind === "voltage") {
    return {
      elements: [{ ...element, nodes: [plus, middle] }, voltageSource(source, middle, minus, { dc: 0 })],
      step: { source, unit: "V" },
    };
  }
  const meter = `meter${index + 1}`;
  return {
    elements: [
      { ...element, nodes: [plus, middle] },
      { kind: "current", name: source, nodes: [plus, middle], values: { dc: 0 } },
      voltageSource(meter, middle, minus, { dc: 0 }),
    ],
    step: { source, unit: "A", meter },
  };
}
