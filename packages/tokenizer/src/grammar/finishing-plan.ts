import { partsOf, PLACES, Want, type AskedDevices, type PinVocabulary } from "@topogenie/core";
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
  readonly #count: AskedDevices;
  readonly #stretches: Stretches;
  #plan: [number, number][] = [];
  #edges = 0;

  constructor(state: WalkState, portsAsked: readonly number[], portIsAllowed: Uint8Array, count: AskedDevices) {
    this.#state = state;
    this.#tables = state.tables;
    this.#portsAsked = portsAsked;
    this.#portIsAllowed = portIsAllowed;
    this.#count = count;
    this.#stretches = new Stretches(state);
  }

  /** A plan that takes at most so many tokens; nothing when none is found. The state is left as it was. */
  plan(tokens: number): Plan | undefined {
    if (this.#state.open.count > tokens) return undefined;
    const plan = this.#make(this.#portsAsked, tokens);
    // With few devices left, which port comes first matters.
    return plan !== undefined || this.#count.devices === Infinity ? plan : this.#make(this.#portsAsked.toReversed(), tokens);
  }

  #make(portsAsked: readonly number[], tokens: number): Plan | undefined {
    const mark = this.#state.mark();
    this.#plan = [];
    this.#edges = 0;
    const owed = this.#state.open.count;
    this.#stretches.find();
    const isMade =
      this.#askPorts(portsAsked) &&
      this.#beginOne() &&
      this.#joinParts(false) &&
      this.#mendByLonelyPins() &&
      this.#mendLonelyPins() &&
      this.#mendNets() &&
      this.#joinParts(true) &&
      this.#joinStretches() &&
      this.#fillUp();
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
      (this.#count.isExact ? circuit.devices.length === this.#count.devices : circuit.devices.length <= this.#count.devices) &&
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

  /**
   * Begins a device that can mend nets, one with few pins or one with many; its conducting pins and then the others. Its arcs
   * are counted as edges of the plan.
   */
  #newDevice(pins: "few" | "many" = "few"): readonly number[] | undefined {
    if (this.#state.circuit.devices.length >= this.#count.devices) return undefined;
    const { types, devices } = this.#tables;
    const mends = (index: number): boolean => (this.#state.free[index] as number) > 0 && this.#state.roles(index).mendsNets;
    const indices = [...types.keys()];
    const type = (pins === "few" ? indices.find(mends) : indices.findLast(mends)) ?? -1;
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

  #askPorts(portsAsked: readonly number[]): boolean {
    for (const port of portsAsked) {
      const net = this.#state.net(port);
      if (port === this.#tables.root || this.#state.circuit.pinsOn(net) > 0) continue;
      if (this.#joinAny(this.#lonelyNets(), net)) continue;
      if (this.#isShortOfDevices() && (this.#askCutOffPins(net) || this.#joinAny(this.#innerNets(), net))) continue;
      if (!this.#reachPort(net)) return false;
    }
    return true;
  }

  /** Joins the first net that the walk comes to and that may be joined to another. */
  #joinAny(nets: readonly number[], other: number): boolean {
    const found = nets.find((net) => this.#stretches.netIsReached(net) && this.#state.edgesOfJoin(net, other) > 0);
    return found !== undefined && this.#join(found, other);
  }

  /** By VSS the walk comes to pins that it was cut off from, one of which may then be joined to a port. */
  #askCutOffPins(port: number): boolean {
    const ground = this.#state.net(this.#tables.root);
    for (const net of this.#lonelyNets()) {
      if (this.#stretches.netIsReached(net) || !this.#join(net, ground)) continue;
      if (this.#joinAny(this.#lonelyNets(), port)) return true;
    }
    return false;
  }

  /** A new device to a port, from VSS; to VDD from a net between. */
  #reachPort(net: number): boolean {
    if (!this.#state.circuit.isRail(net)) {
      // Its other pins are left for the next ports.
      const [first, second] = this.#newDevice(this.#isShortOfDevices() ? "many" : "few") ?? [];
      if (first === undefined || second === undefined) return false;
      return this.#join(this.#state.net(second), this.#state.net(this.#tables.root)) && this.#join(this.#state.net(first), net);
    }
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

  #isShortOfDevices(): boolean {
    const { circuit } = this.#state;
    const missing = this.#portsAsked.filter((port) => circuit.pinsOn(this.#state.net(port)) === 0).length;
    // A device for every port, and one to join each to the others.
    return this.#count.devices - circuit.devices.length < 2 * missing;
  }

  /** A circuit has one device at least. */
  #beginOne(): boolean {
    if (this.#state.circuit.devices.length > 0) return true;
    const pins = this.#newDevice();
    return pins !== undefined && this.#join(this.#state.net(pins[1] as number), this.#state.net(this.#tables.root));
  }

  #lonelyNets(): number[] {
    return this.#innerNets().filter((net) => this.#state.circuit.pinsOn(net) === 1);
  }

  #innerNets(): number[] {
    return this.#state.circuit.devices.flatMap(({ nets }) => nets.filter((net) => this.#state.port(net) < 0));
  }

  /**
   * Where devices are counted, pins that touch nothing yet give nets of several pins what they lack, and lead the walk back to
   * those that it is cut off from, as far as they can.
   */
  #mendByLonelyPins(): boolean {
    const { circuit } = this.#state;
    if (this.#count.devices === Infinity) return true;
    for (let net = 0; net < circuit.netCount; net++) {
      if (circuit.pinsOn(net) < 2 || this.#state.port(net) >= 0) continue;
      if (circuit.want(net) !== Want.nothing) this.#lonelyNets().find((pin) => this.#mends(pin, net) && this.#join(pin, net));
      else if (this.#isCutOff(net)) this.#lonelyNets().find((pin) => this.#join(pin, net));
    }
    return true;
  }

  /** Whether the walk owes arcs at a pin of the net that it does not come to. */
  #isCutOff(net: number): boolean {
    return this.#state.pins(net).some((pin) => this.#state.open.from(pin).length > 0 && !this.#stretches.isReached(pin));
  }

  /** Whether a net with one pin, joined to another net, would leave that wanting nothing. */
  #mends(pin: number, net: number): boolean {
    const { circuit } = this.#state;
    const place = circuit.placesOn(pin)[0] as number;
    const device = Math.floor(place / PLACES);
    const isDefined = circuit.want(net) === Want.device || circuit.rolesOf(device).definesVoltage[place % PLACES] === true;
    return isDefined && !circuit.isOfOneDevice(net, device);
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

  /** As many more devices as there must be, each from VSS to the net, no rail, with the fewest pins. */
  #fillUp(): boolean {
    const { circuit } = this.#state;
    while (this.#count.isExact && circuit.devices.length < this.#count.devices) {
      let least = -1;
      for (let net = 0; net < circuit.netCount; net++) {
        const isLess = least < 0 || circuit.pinsOn(net) < circuit.pinsOn(least);
        if (circuit.pinsOn(net) > 0 && !circuit.isRail(net) && isLess) least = net;
      }
      if (least < 0 || !this.#mendByDevice(least)) return false;
    }
    return true;
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
