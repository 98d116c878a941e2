import type { Circuit } from "../circuit/circuit.js";
import { GROUND_PORT, isRail, portKind, SUPPLY } from "../circuit/ports.js";
import { GROUND, type Deck, type DeckElement } from "../contracts/deck.js";
import type { DeviceType } from "../contracts/device-type.js";
import { circuitElements, type CircuitElements } from "../spice/device-under-test.js";
import { deckNames } from "../spice/name.js";

export interface GenericBench {
  readonly deck: Deck;
  readonly dut: CircuitElements;
  readonly supplyVolts: number;
}

const BIAS_AMPERES = 10e-6;
/** Volts from the rail at which a transistor conducts a little: a threshold and some overdrive. */
const GATE_VOLTS = 0.65;
const CASCODE_VOLTS = 1;
const BASE_VOLTS = 0.75;

const outputKinds = new Set(["VOUT", "VIF", "LOGICQ", "LOGICQA", "LOGICQB"]);
const clockKinds = new Set(["VCLK", "VTRACK", "VLATCH", "VHOLD", "LOGICA", "LOGICB", "LOGICD"]);

/**
 * A bench for a circuit of no known family: a source at every port, chosen by the port's kind and by what it drives, and
 * default sizes. Good for an operating point, not for figures.
 */
export function genericBench(circuit: Circuit, deviceTypes: ReadonlyMap<string, DeviceType>, supplyVolts = 1.8): GenericBench {
  const dut = circuitElements(circuit, deviceTypes);
  const ports = circuit.ports.filter((port) => port !== GROUND_PORT);
  const names = deckNames([SUPPLY, ...ports.filter((port) => port !== SUPPLY)], "port_");
  const sources = ports.flatMap((port) => {
    const name = names.get(port) ?? "";
    return source(circuit, deviceTypes, port, supplyVolts).map((element) => ({ ...element, name, nodes: element.nodes(dut.node(port)) }));
  });
  return { deck: { title: circuit.name, elements: [...dut.elements, ...sources], models: dut.models }, dut, supplyVolts };
}

type SourceKind = Pick<DeckElement, "kind" | "values"> & { nodes(node: string): [string, string] };

function source(circuit: Circuit, deviceTypes: ReadonlyMap<string, DeviceType>, port: string, supplyVolts: number): SourceKind[] {
  const kind = portKind(port);
  if (outputKinds.has(kind)) return [];
  if (kind === "IOUT") return [voltage(supplyVolts / 2)];
  if (kind.startsWith("I")) return [current(wantsInflow(circuit, port) ? BIAS_AMPERES : -BIAS_AMPERES)];
  if (port === SUPPLY) return [voltage(supplyVolts)];
  if (clockKinds.has(kind)) return [voltage(Number(/\d+$/.exec(port)?.[0] ?? 1) % 2 === 1 ? supplyVolts : 0)];
  if (kind === "VB" || kind === "VBB") return [voltage(biasVolts(circuit, deviceTypes, port, supplyVolts))];
  return [voltage(supplyVolts / 2)];
}

function voltage(dc: number): SourceKind {
  return { kind: "voltage", values: { dc }, nodes: (node) => [node, GROUND] };
}

/** Amperes into the node. */
function current(dc: number): SourceKind {
  return { kind: "current", values: { dc }, nodes: (node) => [GROUND, node] };
}

/** The terminals of a transistor that take current from a net, and those that give it, with the device upright. */
const takes: Readonly<Record<string, readonly string[]>> = { nmos4: ["D"], pmos4: ["S"], npn: ["C"], pnp: ["E"] };
const gives: Readonly<Record<string, readonly string[]>> = { nmos4: ["S"], pmos4: ["D"], npn: ["E"], pnp: ["C"] };
const pinNames: Readonly<Record<string, readonly string[]>> = {
  nmos4: ["D", "G", "S", "B"],
  pmos4: ["D", "G", "S", "B"],
  npn: ["C", "B", "E"],
  pnp: ["C", "B", "E"],
};

/** Whether the devices at a net carry current away from it: a diode-connected NMOS does, the tail of a pair does not. */
function wantsInflow(circuit: Circuit, net: string): boolean {
  let balance = 0;
  for (const device of circuit.devices) {
    device.nets.forEach((touched, pin) => {
      const name = pinNames[device.type]?.[pin];
      if (touched !== net || name === undefined) return;
      if (takes[device.type]?.includes(name) === true) balance++;
      if (gives[device.type]?.includes(name) === true) balance--;
    });
  }
  return balance >= 0;
}

/** The mean of what the gates and bases at a net want. */
function biasVolts(circuit: Circuit, deviceTypes: ReadonlyMap<string, DeviceType>, net: string, supplyVolts: number): number {
  const wanted: number[] = [];
  for (const device of circuit.devices) {
    const pins = deviceTypes.get(device.type)?.pins.map((pin) => pin.name) ?? [];
    const at = (pin: string): string | undefined => device.nets[pins.indexOf(pin)];
    const isAtRail = ["D", "S", "E"].some((pin) => isRail(at(pin) ?? ""));
    const drop = isAtRail ? GATE_VOLTS : CASCODE_VOLTS;
    if (device.type === "nmos4" && at("G") === net) wanted.push(drop);
    if (device.type === "pmos4" && at("G") === net) wanted.push(supplyVolts - drop);
    if (device.type === "npn" && at("B") === net) wanted.push(isAtRail ? BASE_VOLTS : CASCODE_VOLTS);
    if (device.type === "pnp" && at("B") === net) wanted.push(supplyVolts - (isAtRail ? BASE_VOLTS : CASCODE_VOLTS));
  }
  return wanted.length === 0 ? supplyVolts / 2 : wanted.reduce((sum, volts) => sum + volts, 0) / wanted.length;
}
