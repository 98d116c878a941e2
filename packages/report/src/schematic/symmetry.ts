import { type Circuit, portKind } from "@topogenie/core";
import { railOf } from "./rails.js";
import type { Stances } from "./stances.js";
import type { SymbolPins } from "./symbol-pins.js";

/** Devices that mirror each other about one vertical line, and those that stand on it. */
export interface SymmetricGroup {
  readonly pairs: readonly (readonly [left: number, right: number])[];
  readonly centred: readonly number[];
  /** The first pair is an input pair: its gates point outwards. */
  readonly inputs: boolean;
}

/** Finds differential pairs and follows their currents to the rails, pairing what is alike on both sides. */
export function symmetricGroups(circuit: Circuit, pins: readonly SymbolPins[], stances: Stances): readonly SymmetricGroup[] {
  const taken = new Set<number>();
  const groups: SymmetricGroup[] = [];
  for (const pair of differentialPairs(circuit, pins)) {
    if (pair.devices.some((device) => taken.has(device))) continue;
    const group = follow(circuit, pins, stances, pair, taken);
    groups.push(group);
    for (const device of [...group.pairs.flat(), ...group.centred]) taken.add(device);
  }
  return groups;
}

interface DifferentialPair {
  readonly devices: readonly [number, number];
  readonly tail: string;
  readonly inputs: boolean;
  readonly rank: number;
}

function isControl(pin: SymbolPins, index: number): boolean {
  return pin.axis !== undefined && !pin.axis.includes(index) && index !== pin.bulk;
}

function controlNet(circuit: Circuit, pins: readonly SymbolPins[], device: number): string | undefined {
  const pin = pins[device];
  return pin === undefined ? undefined : circuit.devices[device]?.nets.find((_, index) => isControl(pin, index));
}

/** Two like transistors that share one terminal of their axis, with different controls: inputs first. */
function differentialPairs(circuit: Circuit, pins: readonly SymbolPins[]): readonly DifferentialPair[] {
  const found: DifferentialPair[] = [];
  circuit.devices.forEach((left, one) => {
    for (let other = one + 1; other < circuit.devices.length; other++) {
      const right = circuit.devices[other];
      const [pin, otherPin] = [pins[one], pins[other]];
      if (left.type !== right?.type || pin?.axis === undefined || otherPin === undefined) continue;
      const [gate, otherGate] = [controlNet(circuit, pins, one), controlNet(circuit, pins, other)];
      if (gate === undefined || otherGate === undefined || gate === otherGate) continue;
      if (railOf(gate) !== undefined || railOf(otherGate) !== undefined) continue;
      const shared = pin.axis.filter((index) => left.nets[index] === right.nets[index]);
      const [tailPin] = shared;
      if (shared.length !== 1 || tailPin === undefined) continue;
      const tail = left.nets[tailPin] ?? "";
      const bothInputs = [gate, otherGate].every((net) => circuit.isPort(net) && /^V?(IN|I[PN])/i.test(net));
      const anyInput = [gate, otherGate].some((net) => circuit.isPort(net) && ["VIN", "VREF"].includes(portKind(net)));
      const rail = railOf(tail) !== undefined;
      const drains = [left, right].map((device) => device.nets[pin.axis?.find((index) => index !== tailPin) ?? 0] ?? "");
      if (drains.some((net) => railOf(net) !== undefined)) continue;
      const crossed = drains[0] === otherGate && drains[1] === gate;
      if (rail && !bothInputs && !crossed) continue;
      const sharers = circuit.nets.get(tail)?.filter((at) => pins[at.device]?.axis?.includes(at.pin)).length ?? 0;
      if (!rail && sharers > 5) continue;
      const inputs = !crossed && (bothInputs || anyInput);
      // The first input stands on the left.
      const swap = bothInputs && gate.localeCompare(otherGate, "en", { numeric: true }) > 0;
      found.push({
        devices: swap ? [other, one] : [one, other],
        tail,
        inputs,
        rank: (bothInputs ? 0 : anyInput ? 2 : crossed ? 3 : 4) + (rail ? 1 : 0),
      });
    }
  });
  return found.sort((one, other) => one.rank - other.rank || one.devices[0] - other.devices[0]);
}

function follow(
  circuit: Circuit,
  pins: readonly SymbolPins[],
  stances: Stances,
  start: DifferentialPair,
  taken: ReadonlySet<number>,
): SymmetricGroup {
  const pairs: (readonly [number, number])[] = [start.devices];
  const used = new Set<number>([...taken, ...start.devices]);
  const partner = new Map<string, string>();
  const waiting: (readonly [string, string])[] = [];
  const join = (one: string | undefined, other: string | undefined) => {
    if (one === undefined || other === undefined || one === other || partner.has(one) || partner.has(other)) return;
    if (railOf(one) !== undefined || railOf(other) !== undefined) return;
    partner.set(one, other);
    partner.set(other, one);
    waiting.push([one, other]);
  };
  const joinAxes = ([one, other]: readonly [number, number]) => {
    for (const index of pins[one]?.axis ?? []) join(circuit.devices[one]?.nets[index], circuit.devices[other]?.nets[index]);
  };
  joinAxes(start.devices);
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const [near, far] = next;
    for (const at of circuit.nets.get(near) ?? []) {
      const pin = pins[at.device];
      if (used.has(at.device) || pin?.axis?.includes(at.pin) !== true || stances.of[at.device]?.kind !== "stacked") continue;
      const matches = (circuit.nets.get(far) ?? []).filter(
        (to) =>
          to.device !== at.device &&
          !used.has(to.device) &&
          to.pin === at.pin &&
          circuit.devices[to.device]?.type === circuit.devices[at.device]?.type &&
          stances.of[to.device]?.row === stances.of[at.device]?.row,
      );
      const likeness = (device: number) =>
        (circuit.devices[at.device]?.nets ?? []).reduce((score, net, index) => {
          const there = circuit.devices[device]?.nets[index] ?? "";
          return score + (partner.get(net) === there ? 2 : net === there ? 1 : 0);
        }, 0);
      const best = matches.sort((one, other) => likeness(other.device) - likeness(one.device) || one.device - other.device)[0];
      if (best === undefined || !axisAgrees(circuit, pins, at.device, best.device, partner)) continue;
      used.add(at.device).add(best.device);
      pairs.push([at.device, best.device]);
      joinAxes([at.device, best.device]);
    }
  }
  return { pairs, centred: tailOf(circuit, pins, stances, start, used), inputs: start.inputs };
}

/** Both ends of the two devices lie on mirrored nets, on one shared net, or on nets of which nothing is known yet. */
function axisAgrees(
  circuit: Circuit,
  pins: readonly SymbolPins[],
  one: number,
  other: number,
  partner: ReadonlyMap<string, string>,
): boolean {
  return (pins[one]?.axis ?? []).every((index) => {
    const [here, there] = [circuit.devices[one]?.nets[index] ?? "", circuit.devices[other]?.nets[index] ?? ""];
    return here === there
      ? !partner.has(here)
      : partner.get(here) === there ||
          (!partner.has(here) && !partner.has(there) && railOf(here) === undefined && railOf(there) === undefined);
  });
}

/** The tail current source, and what is stacked on it, one device a net. */
function tailOf(
  circuit: Circuit,
  pins: readonly SymbolPins[],
  stances: Stances,
  start: DifferentialPair,
  used: ReadonlySet<number>,
): readonly number[] {
  const centred: number[] = [];
  let net = start.tail;
  while (railOf(net) === undefined) {
    const next = (circuit.nets.get(net) ?? []).filter(
      (at) =>
        !used.has(at.device) &&
        !centred.includes(at.device) &&
        pins[at.device]?.axis?.includes(at.pin) === true &&
        stances.of[at.device]?.kind === "stacked",
    );
    const [only] = next;
    if (only === undefined || next.length > 1) break;
    centred.push(only.device);
    const leaves = pins[only.device]?.axis?.find((index) => index !== only.pin) ?? only.pin;
    net = circuit.devices[only.device]?.nets[leaves] ?? "";
  }
  return centred;
}
