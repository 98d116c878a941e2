import { biasSources, followSupply, voltageSource } from "@topogenie/building-blocks";
import {
  GROUND,
  SUPPLY,
  type BiasVariable,
  type Deck,
  type DeckElement,
  type DeviceUnderTest,
  type Waveform,
} from "@topogenie/core";
import type { LdoOptions } from "../options.js";
import { ldoPorts } from "./ldo-ports.js";
import { meterOutputCapacitors, type OutputCapacitor } from "./output-capacitors.js";

/** Gives all that the circuit takes from its unregulated inputs. */
export const SUPPLY_SOURCE = "supply";
export const REFERENCE_SOURCE = "reference";
/** In series with the reference: swept about zero, it tells how the output follows. */
export const REFERENCE_STEP = "reference_step";
export const LOAD_SOURCE = "load";
/** Follows the output, whatever its net is called. */
export const OUTPUT_NODE = "tb_output";
/** Follows the reference port. */
export const REFERENCE_NODE = "tb_reference";

export interface LdoDeck {
  readonly deck: Deck;
  readonly variables: readonly BiasVariable[];
  readonly capacitors: readonly OutputCapacitor[];
  /** Every voltage source at a port that is neither an unregulated input nor the output. */
  readonly portSources: readonly string[];
}

/**
 * The circuit between a supply, a reference voltage (a design variable), its bias sources and a load current. `VIN#` and
 * `VDD` are one voltage. A diode keeps the ideal load from pulling a regulator that cannot give its current below ground.
 */
export function ldoDeck(dut: DeviceUnderTest, options: LdoOptions, loadAmperes: number, load?: Waveform): LdoDeck {
  const { circuit } = dut;
  const { supplyVolts } = options;
  const ports = ldoPorts(circuit);
  const node = (net: string): string => dut.node(net);
  const [input, ...otherInputs] = ports.inputs;
  const output = node(ports.output);
  const supply = node(SUPPLY);
  const reference = referenceVariable(supplyVolts);
  const known = new Set([ports.reference, ...ports.inputs]);
  const bias = biasSources(dut, {
    supplyVolts,
    isSignal: (port) => known.has(port) || port.startsWith("VOUT"),
    inputs: new Map([[node(ports.reference), reference.default]]),
  });
  // Bias currents come from the supply's node, which a circuit fed through VIN alone lacks.
  const hangsOnSupply = !ports.inputs.includes(SUPPLY) && bias.elements.some(({ nodes }) => nodes.includes(supply));
  const { elements: metered, capacitors } = meterOutputCapacitors(dut.elements, output);
  const elements: DeckElement[] = [
    ...metered,
    ...followSupply(bias.elements, bias.devices, node(input), supplyVolts),
    voltageSource(SUPPLY_SOURCE, node(input), GROUND, { dc: supplyVolts, acmag: 1 }),
    ...otherInputs.map((port, index) => voltageSource(`input${index + 2}`, node(port), node(input), { dc: 0 })),
    ...(hangsOnSupply ? [voltageSource("bias_supply", supply, node(input), { dc: 0 })] : []),
    voltageSource(REFERENCE_SOURCE, "tb_reference_low", GROUND, { dc: reference.default }),
    voltageSource(REFERENCE_STEP, node(ports.reference), "tb_reference_low", { dc: 0 }),
    {
      kind: "vcvs",
      name: "follow_reference",
      nodes: [REFERENCE_NODE, GROUND, node(ports.reference), GROUND],
      values: { gain: 1 },
    },
    { kind: "vcvs", name: "follow_output", nodes: [OUTPUT_NODE, GROUND, output, GROUND], values: { gain: 1 } },
    {
      kind: "current",
      name: LOAD_SOURCE,
      nodes: [output, GROUND],
      values: { dc: loadAmperes },
      ...(load === undefined ? {} : { waveform: load }),
    },
    { kind: "capacitor", name: "load_capacitor", nodes: [output, GROUND], values: { c: options.loadFarads } },
    { kind: "diode", name: "clamp", nodes: [GROUND, output], model: "tb_clamp", values: {} },
  ];
  return {
    deck: {
      title: `regulator ${circuit.name}`,
      elements,
      models: [...dut.models, { name: "tb_clamp", type: "d", parameters: { is: 1e-15 } }],
      temperatureCelsius: options.temperatureCelsius,
    },
    variables: [...bias.variables, reference],
    capacitors,
    portSources: [
      REFERENCE_SOURCE,
      ...bias.sources.filter(({ held }) => held).flatMap(({ elements: placed }) => placed.map(({ name }) => name)),
    ],
  };
}

function referenceVariable(supplyVolts: number): BiasVariable {
  return {
    name: "VREF",
    title: "Reference voltage",
    unit: "V",
    minimum: 0.2 * supplyVolts,
    maximum: 0.8 * supplyVolts,
    scale: "linear",
    default: supplyVolts / 3,
    sets: [`${REFERENCE_SOURCE}.dc`],
  };
}
