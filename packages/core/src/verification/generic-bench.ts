import type { Circuit } from "../circuit/circuit.js";
import { GROUND_PORT, portKind, SUPPLY } from "../circuit/ports.js";
import { GROUND, type Deck, type DeckElement, type ModelCard } from "../contracts/deck.js";
import type { DeviceType } from "../contracts/device-type.js";
import { circuitElements, type CircuitElements } from "../spice/device-under-test.js";
import { portContacts, type PortContacts } from "./port-contacts.js";

export interface GenericBenchOptions {
  /** Default 1.8. */
  readonly supplyVolts?: number;
  /** Model cards instead of the device types' own, by device type name. */
  readonly models?: ReadonlyMap<string, ModelCard>;
}

export interface GenericBench {
  readonly deck: Deck;
  readonly dut: CircuitElements;
  readonly supplyVolts: number;
}

/** Every source but the supply has it, so that an inductor across a port is no short circuit. */
const SOURCE_OHMS = 50;
/** What outputs see: less than any stage of a real circuit can drive. */
const LOAD_OHMS = 10e6;
const LOAD_FARADS = 100e-15;
const BIAS_AMPERES = 10e-6;
const WINDING_OHMS = 1;
/** Gate-source voltage that turns a transistor of the default cards moderately on, and what one stacked on it needs more. */
const GATE_DRIVE_VOLTS = 0.65;
const CASCODE_VOLTS = 0.35;
const JUNCTION_DRIVE_VOLTS = 0.7;

const clocks = new Set(["VCLK", "VCKL", "VTRACK", "VLATCH", "VHOLD"]);
const outputs = new Set(["VOUT", "VIF"]);
const currents = new Set(["IB", "IREF", "IIN"]);

/**
 * A bench for a circuit of no known family: default sizes, the supply on `VDD`, and on every other port what its name
 * and the devices that it touches ask for. Names of the dataset's ports are understood; any other is driven where it
 * controls something (gates, bases) and lightly loaded where it does not.
 */
export function genericBench(
  circuit: Circuit,
  deviceTypes: ReadonlyMap<string, DeviceType>,
  { supplyVolts = 1.8, models }: GenericBenchOptions = {},
): GenericBench {
  const dut = circuitElements(circuit, deviceTypes, {}, models);
  const elements = circuit.ports.flatMap((port, index) =>
    port === GROUND_PORT ? [] : portElements(port, `p${index}`, dut, supplyVolts),
  );
  const supply = dut.node(SUPPLY);
  const isPort = circuit.ports.includes(SUPPLY);
  // Bias currents come from the supply, and logic may hang on it, in circuits that have no port of that name as well.
  if (!isPort && [...dut.elements, ...elements].some(({ nodes }) => nodes.includes(supply))) {
    elements.push(voltage("supply", supply, supplyVolts));
  }
  return {
    deck: {
      title: `generic bench of ${circuit.name}`,
      elements: [...coilsWithResistance(dut.elements), ...elements],
      models: dut.models,
    },
    dut,
    supplyVolts,
  };
}

function portElements(port: string, name: string, dut: CircuitElements, supplyVolts: number): readonly DeckElement[] {
  const node = dut.node(port);
  const kind = portKind(port);
  if (kind === SUPPLY) return [voltage(`${name}_supply`, node, supplyVolts)];
  const contacts = portContacts(node, dut);
  const drive = (volts: number): readonly DeckElement[] => driven(name, node, volts);
  if (outputs.has(kind)) return loaded(name, node);
  if (clocks.has(kind) || kind.startsWith("LOGIC") || kind.startsWith("VLOGIC")) {
    // Phases of a clock exclude each other: the odd ones are high.
    return contacts.controls ? drive(Number(/\d+$/.exec(port)?.[0] ?? 1) % 2 === 1 ? supplyVolts : 0) : loaded(name, node);
  }
  if (currents.has(kind) && contacts.conducts)
    return biasCurrent(name, node, contacts.wantsCurrentIn ? dut.node(SUPPLY) : GROUND, supplyVolts);
  if (kind === "IOUT") return drive(supplyVolts / 2);
  if (kind === "VREF") return contacts.controls && !contacts.conducts ? drive(supplyVolts / 2) : loaded(name, node);
  if (kind === "VB" || kind === "VBB" || currents.has(kind)) return drive(biasVolts(contacts, supplyVolts));
  if (kind === "VIN" || kind === "VRF") return drive(contacts.atRail ? biasVolts(contacts, supplyVolts) : supplyVolts / 2);
  if (["VCONT", "VLO", "VCM", "IN"].includes(kind)) return drive(supplyVolts / 2);
  return contacts.controls && !contacts.conducts ? drive(supplyVolts / 2) : loaded(name, node);
}

/** The voltage that turns on what the port controls: measured from the rail that the controlled devices stand on. */
function biasVolts({ nGates, pGates, nBases, pBases, nBulks, pBulks, atRail }: PortContacts, supplyVolts: number): number {
  const stacked = atRail ? 0 : CASCODE_VOLTS;
  const up = nGates + nBases;
  const down = pGates + pBases;
  if (up > down) return (nGates >= nBases ? GATE_DRIVE_VOLTS : JUNCTION_DRIVE_VOLTS) + stacked;
  if (down > up) return supplyVolts - (pGates >= pBases ? GATE_DRIVE_VOLTS : JUNCTION_DRIVE_VOLTS) - stacked;
  if (up === 0 && nBulks + pBulks > 0) return nBulks >= pBulks ? 0 : supplyVolts;
  return supplyVolts / 2;
}

function voltage(name: string, node: string, volts: number): DeckElement {
  return { kind: "voltage", name, nodes: [node, GROUND], values: { dc: volts } };
}

function driven(name: string, node: string, volts: number): readonly DeckElement[] {
  return [
    voltage(`${name}_source`, `${name}_emf`, volts),
    { kind: "resistor", name: `${name}_series`, nodes: [`${name}_emf`, node], values: { r: SOURCE_OHMS } },
  ];
}

function loaded(name: string, node: string): readonly DeckElement[] {
  return [
    { kind: "resistor", name: `${name}_load`, nodes: [node, GROUND], values: { r: LOAD_OHMS } },
    { kind: "capacitor", name: `${name}_wire`, nodes: [node, GROUND], values: { c: LOAD_FARADS } },
  ];
}

/**
 * Into the node where its devices take current from above (an n-channel drain), out of it where they send it down.
 * Through a resistor from the far rail, not an ideal source: a bias generator's voltage ends at its rail, and one whose
 * devices cannot take its current does not drive them to kilovolts.
 */
function biasCurrent(name: string, node: string, rail: string, supplyVolts: number): readonly DeckElement[] {
  const r = (supplyVolts - GATE_DRIVE_VOLTS) / BIAS_AMPERES;
  return [{ kind: "resistor", name: `${name}_bias`, nodes: [rail, node], values: { r } }];
}

/** Coils have resistance: without it, two in a loop or across a source have no operating point at all. */
function coilsWithResistance(elements: readonly DeckElement[]): readonly DeckElement[] {
  return elements.flatMap((element): DeckElement[] => {
    const [plus = GROUND, minus = GROUND] = element.nodes;
    if (element.kind !== "inductor") return [element];
    const inner = `${element.name}_coil`;
    return [
      { ...element, nodes: [plus, inner] },
      { kind: "resistor", name: `${element.name}_winding`, nodes: [inner, minus], values: { r: WINDING_OHMS } },
    ];
  });
}
