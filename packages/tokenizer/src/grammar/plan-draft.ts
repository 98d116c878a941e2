import type { AskedDevices, PinVocabulary } from "@topogenie/core";
import { Stretches } from "./stretches.js";
import type { WalkState } from "./walk-state.js";

/** Joins yet to be made, as pairs of tokens whose nets are joined; a pin of a device not yet begun begins it. */
export type Plan = readonly (readonly [number, number])[];

/** A plan in the making: the joins so far, made in the state as well until it is taken back, and what they cost. */
export class PlanDraft {
  readonly stretches: Stretches;
  readonly #state: WalkState;
  readonly #tables: PinVocabulary;
  readonly #portIsAllowed: Uint8Array;
  readonly #count: AskedDevices;
  #plan: [number, number][] = [];
  #edges = 0;

  constructor(state: WalkState, portIsAllowed: Uint8Array, count: AskedDevices) {
    this.stretches = new Stretches(state);
    this.#state = state;
    this.#tables = state.tables;
    this.#portIsAllowed = portIsAllowed;
    this.#count = count;
  }

  /** What `make` joins, if it says so, every owed arc is reached, and all of it takes at most so many tokens. */
  attempt(tokens: number, make: () => boolean): Plan | undefined {
    const mark = this.#state.mark();
    const owed = this.#state.open.count;
    this.#plan = [];
    this.#edges = 0;
    this.stretches.find();
    const isMade = make() && this.stretches.areReached();
    this.#state.rollback(mark);
    return isMade && owed + 2 * this.#edges <= tokens ? this.#plan : undefined;
  }

  /** Begins a device; its arcs are counted as edges of the plan. */
  begin(index: number): void {
    const { device, pins } = this.#tables.devices[index] as PinVocabulary["devices"][number];
    this.#state.begin(index);
    this.#edges += pins.length;
    for (const pin of pins) this.stretches.unite(device, pin);
  }

  /** Joins two nets if that is legal and one of them is reached. */
  join(a: number, b: number): boolean {
    return (this.stretches.netIsReached(a) || this.stretches.netIsReached(b)) && this.makeJoin(a, b);
  }

  /** Joins two nets if that is legal. */
  makeJoin(a: number, b: number): boolean {
    const edges = this.#state.edgesOfJoin(a, b);
    if (edges === 0) return false;
    const [one, other] = [this.nodeOf(a), this.nodeOf(b)];
    this.stretches.uniteNet(a, one);
    this.stretches.uniteNet(b, one);
    this.#plan.push([one, other]);
    this.#edges += edges;
    const into = this.#state.port(a) >= 0 ? [b, a] : [a, b];
    this.#state.circuit.merge(into[0] as number, into[1] as number);
    return true;
  }

  /** A token that stands for a net: its port, or one of its pins. */
  nodeOf(net: number): number {
    const port = this.#state.port(net);
    return port >= 0 ? port : this.#state.firstPin(net);
  }

  /** Begins a device that can mend nets, one with few pins or one with many; its conducting pins and then the others. */
  newDevice(pins: "few" | "many" = "few"): readonly number[] | undefined {
    if (this.#state.circuit.devices.length >= this.#count.devices) return undefined;
    const { types, devices } = this.#tables;
    const mends = (index: number): boolean => (this.#state.free[index] as number) > 0 && this.#state.roles(index).mendsNets;
    const indices = [...types.keys()];
    const type = (pins === "few" ? indices.find(mends) : indices.findLast(mends)) ?? -1;
    const index = devices.findIndex((candidate, at) => candidate.type === type && this.#state.begun[at] === -1);
    const found = devices[index];
    if (type < 0 || found === undefined) return undefined;
    this.begin(index);
    const [one, other] = this.#state.roles(type).conduction[0] as readonly [number, number];
    return [
      found.pins[one] as number,
      found.pins[other] as number,
      ...found.pins.filter((_, pin) => pin !== one && pin !== other),
    ];
  }

  /** A new device from VSS to this net. */
  mendByDevice(net: number): boolean {
    const pins = this.newDevice();
    if (pins === undefined) return false;
    const [first, ...others] = pins.map((pin) => this.#state.net(pin)) as [number, ...number[]];
    const ground = this.#state.net(this.#tables.root);
    return others.every((other) => this.join(other, ground)) && this.join(first, net);
  }

  /** The internal nets of pins that touch nothing. */
  lonelyNets(): number[] {
    const { circuit } = this.#state;
    const lonely: number[] = [];
    for (let net = this.#tables.ports.length; net < circuit.netCount; net++) if (circuit.pinsOn(net) === 1) lonely.push(net);
    return lonely;
  }

  /** All internal nets that are touched. */
  innerNets(): number[] {
    const { circuit } = this.#state;
    const inner: number[] = [];
    for (let net = this.#tables.ports.length; net < circuit.netCount; net++) if (circuit.pinsOn(net) > 0) inner.push(net);
    return inner;
  }

  /** Where pins can meet that must not be at VSS: a port touched already, another net, a port that is free. */
  meetingNet(except: number): number {
    const { circuit } = this.#state;
    let best = -1;
    let fewest = Infinity;
    for (const port of this.#tables.ports) {
      const net = this.#state.net(port);
      if (circuit.isRail(net) || !this.stretches.isReached(port)) continue;
      if (circuit.pinsOn(net) > 0) return net;
    }
    for (const { nets } of circuit.devices) {
      for (const net of nets) {
        if (net === except || this.#state.port(net) >= 0 || circuit.pinsOn(net) >= fewest) continue;
        if (!this.stretches.netIsReached(net)) continue;
        best = net;
        fewest = circuit.pinsOn(net);
      }
    }
    if (best >= 0 || except < 0 || !this.stretches.netIsReached(except)) return best;
    for (const port of this.#tables.ports) {
      const net = this.#state.net(port);
      if (!circuit.isRail(net) && this.#portIsAllowed[port] === 1) return net;
    }
    return -1;
  }
}
