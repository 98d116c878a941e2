import { partsOf, PLACES, Want, type AskedDevices, type PinVocabulary } from "@topogenie/core";
import { PlanDraft, type Plan } from "./plan-draft.js";
import type { WalkState } from "./walk-state.js";

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
  readonly #count: AskedDevices;
  readonly #draft: PlanDraft;

  constructor(state: WalkState, portsAsked: readonly number[], portIsAllowed: Uint8Array, count: AskedDevices) {
    this.#state = state;
    this.#tables = state.tables;
    this.#portsAsked = portsAsked;
    this.#count = count;
    this.#draft = new PlanDraft(state, portIsAllowed, count);
  }

  /** A plan that takes at most so many tokens; nothing when none is found. The state is left as it was. */
  plan(tokens: number): Plan | undefined {
    if (this.#state.open.count > tokens) return undefined;
    const plan = this.#make(this.#portsAsked, tokens);
    // With few devices left, which port comes first matters.
    return plan !== undefined || this.#count.devices === Infinity ? plan : this.#make(this.#portsAsked.toReversed(), tokens);
  }

  #make(portsAsked: readonly number[], tokens: number): Plan | undefined {
    return this.#draft.attempt(
      tokens,
      () =>
        this.#askPorts(portsAsked) &&
        this.#beginOne() &&
        this.#joinParts(false) &&
        this.#mendByLonelyPins() &&
        this.#mendLonelyPins() &&
        this.#mendNets() &&
        this.#joinParts(true) &&
        this.#joinStretches() &&
        this.#fillUp() &&
        this.#isLegal(),
    );
  }

  /** Whether a plan made earlier still finishes the walk within so many tokens. */
  holds(plan: Plan, tokens: number): boolean {
    const { stretches } = this.#draft;
    const made = this.#draft.attempt(
      tokens,
      () =>
        plan.every(([one, other]) => this.#carryOut(one, other)) &&
        plan.every(([one]) => stretches.isReached(this.#draft.nodeOf(this.#state.net(one)))) &&
        this.#isLegal(),
    );
    return made !== undefined;
  }

  #carryOut(one: number, other: number): boolean {
    for (const id of [one, other]) {
      const index = this.#tables.deviceOf[id] as number;
      if (index < 0 || this.#state.isBegun(id)) continue;
      this.#draft.begin(index);
    }
    const [a, b] = [this.#state.net(one), this.#state.net(other)];
    return a === b || this.#draft.makeJoin(a, b);
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

  #askPorts(portsAsked: readonly number[]): boolean {
    for (const port of portsAsked) {
      const net = this.#state.net(port);
      if (port === this.#tables.root || this.#state.circuit.pinsOn(net) > 0) continue;
      if (this.#joinAny(this.#draft.lonelyNets(), net)) continue;
      if (this.#isShortOfDevices() && (this.#askCutOffPins(net) || this.#joinAny(this.#draft.innerNets(), net))) continue;
      if (!this.#reachPort(net)) return false;
    }
    return true;
  }

  /** Joins the first net that the walk comes to and that may be joined to another. */
  #joinAny(nets: readonly number[], other: number): boolean {
    const found = nets.find((net) => this.#draft.stretches.netIsReached(net) && this.#state.edgesOfJoin(net, other) > 0);
    return found !== undefined && this.#draft.join(found, other);
  }

  /** By VSS the walk comes to pins that it was cut off from, one of which may then be joined to a port. */
  #askCutOffPins(port: number): boolean {
    const ground = this.#state.net(this.#tables.root);
    for (const net of this.#draft.lonelyNets()) {
      if (this.#draft.stretches.netIsReached(net) || !this.#draft.join(net, ground)) continue;
      if (this.#joinAny(this.#draft.lonelyNets(), port)) return true;
    }
    return false;
  }

  /** A new device to a port, from VSS; to VDD from a net between. */
  #reachPort(net: number): boolean {
    if (!this.#state.circuit.isRail(net)) {
      // Its other pins are left for the next ports.
      const [first, second] = this.#draft.newDevice(this.#isShortOfDevices() ? "many" : "few") ?? [];
      if (first === undefined || second === undefined) return false;
      return (
        this.#draft.join(this.#state.net(second), this.#state.net(this.#tables.root)) &&
        this.#draft.join(this.#state.net(first), net)
      );
    }
    let meeting = this.#draft.meetingNet(-1);
    if (meeting < 0) {
      const [between, other] = this.#draft.newDevice() ?? [];
      if (between === undefined || other === undefined) return false;
      if (!this.#draft.join(this.#state.net(other), this.#state.net(this.#tables.root))) return false;
      meeting = this.#state.net(between);
    }
    const pins = this.#draft.newDevice();
    if (pins === undefined) return false;
    const [first, second] = pins.map((pin) => this.#state.net(pin)) as [number, number];
    return this.#draft.join(second, meeting) && this.#draft.join(first, net);
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
    const pins = this.#draft.newDevice();
    return pins !== undefined && this.#draft.join(this.#state.net(pins[1] as number), this.#state.net(this.#tables.root));
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
      if (circuit.want(net) !== Want.nothing)
        this.#draft.lonelyNets().find((pin) => this.#mends(pin, net) && this.#draft.join(pin, net));
      else if (this.#isCutOff(net)) this.#draft.lonelyNets().find((pin) => this.#draft.join(pin, net));
    }
    return true;
  }

  /** Whether the walk owes arcs at a pin of the net that it does not come to. */
  #isCutOff(net: number): boolean {
    return this.#state.pins(net).some((pin) => this.#state.open.from(pin).length > 0 && !this.#draft.stretches.isReached(pin));
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
    const lonely = this.#draft.lonelyNets();
    if (lonely.length === 0) return true;
    const ground = this.#state.net(this.#tables.root);
    const { circuit } = this.#state;
    const parts = partsOf(circuit);
    for (const net of lonely) {
      if (circuit.pinsOn(net) !== 1) continue;
      const part = parts[Math.floor((circuit.placesOn(net)[0] as number) / PLACES)] as number;
      const meeting = this.#draft.meetingNet(net);
      const [other] = meeting < 0 ? [] : circuit.placesOn(meeting);
      const meetingPart = other === undefined ? part : (parts[Math.floor(other / PLACES)] as number);
      const targets = meetingPart === part ? [ground, meeting] : [meeting, ground];
      const target = targets.find((candidate) => candidate >= 0 && this.#draft.join(net, candidate));
      if (target === undefined && !this.#draft.mendByDevice(net)) return false;
      if (target !== ground && meetingPart !== part) {
        for (let device = 0; device < parts.length; device++) if (parts[device] === part) parts[device] = meetingPart;
      }
    }
    return true;
  }

  /** Nets of several pins that lack something. */
  #mendNets(): boolean {
    const { circuit } = this.#state;
    for (let net = 0; net < circuit.netCount; net++) {
      if (circuit.want(net) === Want.nothing || this.#state.port(net) >= 0) continue;
      const meeting = this.#draft.meetingNet(net);
      if (meeting >= 0 && circuit.want(meeting) === Want.nothing && this.#draft.join(net, meeting)) continue;
      if (this.#draft.mendByDevice(net)) continue;
      if (!this.#mergeWithAny(net)) return false;
    }
    return true;
  }

  #mergeWithAny(net: number): boolean {
    const { circuit } = this.#state;
    const others = this.#draft.innerNets().filter((other) => other !== net && circuit.want(other) === Want.nothing);
    return others.some((other) => this.#draft.join(net, other));
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
      if (inside(true).some((one) => others.some((other) => this.#draft.join(one, other)))) continue;
      if (!isLast) return true;
      if (!this.#joinPartsByDevice(parts)) return false;
    }
  }

  #joinPartsByDevice(parts: Int32Array): boolean {
    const { circuit } = this.#state;
    const ofPart = (isFirst: boolean): number | undefined =>
      circuit.devices
        .flatMap(({ nets }, device) => ((parts[device] === 0) === isFirst ? nets.filter((net) => !circuit.isRail(net)) : []))
        .find((net) => !isFirst || this.#draft.stretches.netIsReached(net));
    const one = ofPart(true);
    const other = ofPart(false);
    if (one === undefined || other === undefined) return false;
    const pins = this.#draft.newDevice();
    if (pins === undefined) return false;
    const [first, second, ...rest] = pins.map((pin) => this.#state.net(pin)) as [number, number, ...number[]];
    const ground = this.#state.net(this.#tables.root);
    return this.#draft.join(first, one) && this.#draft.join(second, other) && rest.every((net) => this.#draft.join(net, ground));
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
      if (least < 0 || !this.#draft.mendByDevice(least)) return false;
    }
    return true;
  }

  /** Stretches of owed arcs that the walk does not come to. */
  #joinStretches(): boolean {
    const { open, circuit } = this.#state;
    for (const index of this.#state.order) {
      const { device, pins } = this.#tables.devices[index] as PinVocabulary["devices"][number];
      for (const pin of [...pins, device]) {
        if (open.from(pin).length === 0 || this.#draft.stretches.isReached(pin)) continue;
        const nets = pins.map((other) => this.#state.net(other)).filter((net) => this.#state.port(net) < 0);
        const meeting = this.#draft.meetingNet(-1);
        const isJoined = nets.some(
          (net) =>
            this.#draft.stretches.of(pin) === this.#draft.stretches.of(this.#draft.nodeOf(net)) &&
            meeting >= 0 &&
            circuit.want(meeting) === Want.nothing &&
            this.#draft.join(net, meeting),
        );
        if (isJoined) continue;
        const stretch = nets.find((net) =>
          this.#state.pins(net).some((member) => this.#draft.stretches.of(member) === this.#draft.stretches.of(pin)),
        );
        const port = this.#tables.ports.find(
          (candidate) => this.#draft.stretches.of(candidate) === this.#draft.stretches.of(pin),
        );
        const target = stretch ?? (port === undefined ? undefined : this.#state.net(port));
        if (target === undefined || !this.#draft.mendByDevice(target)) return false;
      }
    }
    return true;
  }
}
