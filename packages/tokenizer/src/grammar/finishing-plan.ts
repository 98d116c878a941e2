import { partsOf, PLACES, Want, type PinVocabulary } from "@topogenie/core";
import { Stretches } from "./stretches.js";
import type { WalkState } from "./walk-state.js";

/** Joins yet to be made, as pairs of tokens whose nets are joined; a pin of a device not yet begun begins it. */
export type Plan = readonly (readonly [number, number])[];

/**
 * A way to finish an unfinished walk as a legal circuit: which nets to join, and with which new devices, so that no net wants
 * anything, everything is one circuit, the ports asked for are touched, and every owed arc can be reached. (If it can, a closed
 * walk over all owed arcs exists: as many leave as enter each node but the walk's ends.)
 *
 * Pins that touch nothing go to VSS, or, where that would short something or leave a part by itself, to a *meeting net*: a port
 * or a net that the walk can still come to. Nets of several pins that lack something, and parts and stretches of the walk that
 * are cut off, are joined to the meeting net or get a new device. The plan is quickly made and not the best one.
 */
export class FinishingPlanner {
  readonly #state: WalkState;
  readonly #tables: PinVocabulary;
  readonly #portsAsked: readonly number[];
  readonly #portIsAllowed: Uint8Array;
  readonly #stretches: Stretches;
  #plan: [number, number][] = [];
  #edges = 0;

  constructor(state: WalkState, portsAsked: readonly number[], portIsAllowed: Uint8Array) {
    this.#state = state;
    this.#tables = state.tables;
    this.#portsAsked = portsAsked;
    this.#portIsAllowed = portIsAllowed;
    this.#stretches = new Stretches(state);
  }

  /** A plan that takes at most so many tokens; nothing when none is found. The state is left as it was. */
  plan(tokens: number): Plan | undefined {
    const { open } = this.#state;
    if (open.count > tokens) return undefined;
    const mark = this.#state.mark();
    this.#plan = [];
    this.#edges = 0;
    const owed = open.count;
    this.#stretches.find();
    const isMade =
      this.#askPorts() &&
      this.#beginOne() &&
      this.#joinParts(false) &&
      this.#mendLonelyPins() &&
      this.#mendNets() &&
      this.#joinParts(true) &&
      this.#joinStretches();
    const isLegal = isMade && this.#stretches.areReached() && this.#isLegal();
    this.#state.rollback(mark);
    return isLegal && owed + 2 * this.#edges <= tokens ? this.#plan : undefined;
  }

  /** Whether a plan made earlier still finishes the walk within so many tokens. */
  holds(plan: Plan, tokens: number): boolean {
    const mark = this.#state.mark();
    const owed = this.#state.open.count;
    this.#edges = 0;
    this.#stretches.find();
    const isPossible =
      plan.every(([one, other]) => this.#carryOut(one, other)) &&
      plan.every(([one]) => this.#stretches.isReached(this.#nodeOf(this.#state.net(one)))) &&
      this.#stretches.areReached() &&
      this.#isLegal();
    this.#state.rollback(mark);
    return isPossible && owed + 2 * this.#edges <= tokens;
  }

  #carryOut(one: number, other: number): boolean {
    for (const id of [one, other]) {
      const index = this.#tables.deviceOf[id] as number;
      if (index < 0 || this.#state.isBegun(id)) continue;
      this.#state.begin(index);
      const { device, pins } = this.#tables.devices[index] as PinVocabulary["devices"][number];
      this.#edges += pins.length;
      for (const pin of pins) this.#stretches.unite(device, pin);
    }
    const [a, b] = [this.#state.net(one), this.#state.net(other)];
    return a === b || this.#makeJoin(a, b);
  }

  #isLegal(): boolean {
    const { circuit } = this.#state;
    return (
      circuit.devices.length > 0 &&
      circuit.wanting[Want.device] + circuit.wanting[Want.voltage] === 0 &&
      this.#portsAsked.every((port) => circuit.pinsOn(this.#state.net(port)) > 0) &&
      partsOf(circuit).every((part) => part === 0)
    );
  }

  /** Joins two nets if that is legal and one of them is reached. */
  #join(a: number, b: number): boolean {
    return (this.#stretches.netIsReached(a) || this.#stretches.netIsReached(b)) && this.#makeJoin(a, b);
  }

  #makeJoin(a: number, b: number): boolean {
    const edges = this.#state.edgesOfJoin(a, b);
    if (edges === 0) return false;
    const [one, other] = [this.#nodeOf(a), this.#nodeOf(b)];
    this.#stretches.uniteNet(a, one);
    this.#stretches.uniteNet(b, one);
    this.#plan.push([one, other]);
    this.#edges += edges;
    const into = this.#state.port(a) >= 0 ? [b, a] : [a, b];
    this.#state.circuit.merge(into[0] as number, into[1] as number);
    return true;
  }

  #nodeOf(net: number): number {
    const port = this.#state.port(net);
    return port >= 0 ? port : this.#state.firstPin(net);
  }

  /** Begins a device that can mend nets; its first conducting pin, or -1. Its arcs are counted as edges of the plan. */
  #newDevice(): readonly number[] | undefined {
    const { types, devices } = this.#tables;
    const type = types.findIndex((_, index) => (this.#state.free[index] as number) > 0 && this.#state.roles(index).mendsNets);
    const index = devices.findIndex((candidate, at) => candidate.type === type && this.#state.begun[at] === -1);
    const found = devices[index];
    if (type < 0 || found === undefined) return undefined;
    this.#state.begin(index);
    this.#edges += found.pins.length;
    for (const pin of found.pins) this.#stretches.unite(found.device, pin);
    const [one, other] = this.#state.roles(type).conduction[0] as readonly [number, number];
    return [
      found.pins[one] as number,
      found.pins[other] as number,
      ...found.pins.filter((_, pin) => pin !== one && pin !== other),
    ];
  }

  /** A new device from VSS to this net. */
  #mendByDevice(net: number): boolean {
    const pins = this.#newDevice();
    if (pins === undefined) return false;
    const [first, ...others] = pins.map((pin) => this.#state.net(pin)) as [number, ...number[]];
    const ground = this.#state.net(this.#tables.root);
    return others.every((other) => this.#join(other, ground)) && this.#join(first, net);
  }

  #askPorts(): boolean {
    for (const port of this.#portsAsked) {
      const net = this.#state.net(port);
      if (port === this.#tables.root || this.#state.circuit.pinsOn(net) > 0) continue;
      const lonely = this.#lonelyNets().find(
        (candidate) => this.#stretches.netIsReached(candidate) && this.#state.edgesOfJoin(candidate, net) > 0,
      );
      if (lonely === undefined ? !this.#reachPort(net) : !this.#join(lonely, net)) return false;
    }
    return true;
  }

  /** A new device to a port, from VSS; to VDD from a net between. */
  #reachPort(net: number): boolean {
    if (!this.#state.circuit.isRail(net)) return this.#mendByDevice(net);
    let meeting = this.#meetingNet(-1);
    if (meeting < 0) {
      const [between, other] = this.#newDevice() ?? [];
      if (between === undefined || other === undefined) return false;
      if (!this.#join(this.#state.net(other), this.#state.net(this.#tables.root))) return false;
      meeting = this.#state.net(between);
    }
    const pins = this.#newDevice();
    if (pins === undefined) return false;
    const [first, second] = pins.map((pin) => this.#state.net(pin)) as [number, number];
    return this.#join(second, meeting) && this.#join(first, net);
  }

  /** A circuit has one device at least. */
  #beginOne(): boolean {
    if (this.#state.circuit.devices.length > 0) return true;
    const pins = this.#newDevice();
    return pins !== undefined && this.#join(this.#state.net(pins[1] as number), this.#state.net(this.#tables.root));
  }

  #lonelyNets(): number[] {
    const { circuit } = this.#state;
    return circuit.devices.flatMap(({ nets }) => nets.filter((net) => circuit.pinsOn(net) === 1 && this.#state.port(net) < 0));
  }

  #mendLonelyPins(): boolean {
    const lonely = this.#lonelyNets();
    if (lonely.length === 0) return true;
    const ground = this.#state.net(this.#tables.root);
    const { circuit } = this.#state;
    const parts = partsOf(circuit);
    for (const net of lonely) {
      if (circuit.pinsOn(net) !== 1) continue;
      const part = parts[Math.floor((circuit.placesOn(net)[0] as number) / PLACES)] as number;
      const meeting = this.#meetingNet(net);
      const [other] = meeting < 0 ? [] : circuit.placesOn(meeting);
      const meetingPart = other === undefined ? part : (parts[Math.floor(other / PLACES)] as number);
      const targets = meetingPart === part ? [ground, meeting] : [meeting, ground];
      const target = targets.find((candidate) => candidate >= 0 && this.#join(net, candidate));
      if (target === undefined && !this.#mendByDevice(net)) return false;
      if (target !== ground && meetingPart !== part) {
        for (let device = 0; device < parts.length; device++) if (parts[device] === part) parts[device] = meetingPart;
      }
    }
    return true;
  }

  /** Where pins can meet that must not be at VSS: a port touched already, another net, a port that is free. */
  #meetingNet(except: number): number {
    const { circuit } = this.#state;
    let best = -1;
    let fewest = Infinity;
    for (const port of this.#tables.ports) {
      const net = this.#state.net(port);
      if (circuit.isRail(net) || !this.#stretches.isReached(port)) continue;
      if (circuit.pinsOn(net) > 0) return net;
    }
    for (const { nets } of circuit.devices) {
      for (const net of nets) {
        if (net === except || this.#state.port(net) >= 0 || circuit.pinsOn(net) >= fewest) continue;
        if (!this.#stretches.netIsReached(net)) continue;
        best = net;
        fewest = circuit.pinsOn(net);
      }
    }
    if (best >= 0 || except < 0 || !this.#stretches.netIsReached(except)) return best;
    for (const port of this.#tables.ports) {
      const net = this.#state.net(port);
      if (!circuit.isRail(net) && this.#portIsAllowed[port] === 1) return net;
    }
    return -1;
  }

  /** Nets of several pins that lack something. */
  #mendNets(): boolean {
    const { circuit } = this.#state;
    for (let net = 0; net < circuit.netCount; net++) {
      if (circuit.want(net) === Want.nothing || this.#state.port(net) >= 0) continue;
      const meeting = this.#meetingNet(net);
      if (meeting >= 0 && circuit.want(meeting) === Want.nothing && this.#join(net, meeting)) continue;
      if (this.#mendByDevice(net)) continue;
      if (!this.#mergeWithAny(net)) return false;
    }
    return true;
  }

  #mergeWithAny(net: number): boolean {
    const { circuit } = this.#state;
    for (const { nets } of circuit.devices) {
      for (const other of nets) {
        if (other !== net && this.#state.port(other) < 0 && circuit.want(other) === Want.nothing && this.#join(net, other))
          return true;
      }
    }
    return false;
  }

  /** @param isLast whether new devices may be used; before, what cannot be joined is left */
  #joinParts(isLast: boolean): boolean {
    const { circuit } = this.#state;
    for (;;) {
      const parts = partsOf(circuit);
      if (parts.every((part) => part === 0)) return true;
      const inside = (isFirst: boolean): number[] =>
        circuit.devices.flatMap(({ nets }, device) =>
          (parts[device] === 0) === isFirst ? nets.filter((net) => !circuit.isRail(net)) : [],
        );
      const others = inside(false);
      if (inside(true).some((one) => others.some((other) => this.#join(one, other)))) continue;
      if (!isLast) return true;
      if (!this.#joinPartsByDevice(parts)) return false;
    }
  }

  #joinPartsByDevice(parts: Int32Array): boolean {
    const { circuit } = this.#state;
    const ofPart = (isFirst: boolean): number | undefined =>
      circuit.devices
        .flatMap(({ nets }, device) => ((parts[device] === 0) === isFirst ? nets.filter((net) => !circuit.isRail(net)) : []))
        .find((net) => !isFirst || this.#stretches.netIsReached(net));
    const one = ofPart(true);
    const other = ofPart(false);
    if (one === undefined || other === undefined) return false;
    const pins = this.#newDevice();
    if (pins === undefined) return false;
    const [first, second, ...rest] = pins.map((pin) => this.#state.net(pin)) as [number, number, ...number[]];
    const ground = this.#state.net(this.#tables.root);
    return this.#join(first, one) && this.#join(second, other) && rest.every((net) => this.#join(net, ground));
  }

  /** Stretches of owed arcs that the walk does not come to. */
  #joinStretches(): boolean {
    const { open, circuit } = this.#state;
    for (const index of this.#state.order) {
      const { device, pins } = this.#tables.devices[index] as PinVocabulary["devices"][number];
      for (const pin of [...pins, device]) {
        if (open.from(pin).length === 0 || this.#stretches.isReached(pin)) continue;
        const nets = pins.map((other) => this.#state.net(other)).filter((net) => this.#state.port(net) < 0);
        const meeting = this.#meetingNet(-1);
        const isJoined = nets.some(
          (net) =>
            this.#stretches.of(pin) === this.#stretches.of(this.#nodeOf(net)) &&
            meeting >= 0 &&
            circuit.want(meeting) === Want.nothing &&
            this.#join(net, meeting),
        );
        if (isJoined) continue;
        const stretch = nets.find((net) =>
          this.#state.pins(net).some((member) => this.#stretches.of(member) === this.#stretches.of(pin)),
        );
        const port = this.#tables.ports.find((candidate) => this.#stretches.of(candidate) === this.#stretches.of(pin));
        const target = stretch ?? (port === undefined ? undefined : this.#state.net(port));
        if (target === undefined || !this.#mendByDevice(target)) return false;
      }
    }
    return true;
  }
}
