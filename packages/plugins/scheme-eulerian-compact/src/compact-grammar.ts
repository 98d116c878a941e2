import {
  askedDevices,
  askedPorts,
  END_ID,
  MaskedGrammar,
  PLACES,
  refuseLimit,
  ScatteredCircuit,
  TokenKind,
  type SentenceLimits,
} from "@topogenie/core";
import { CLOSING, ClosedWalkPlan } from "./closed-walk-plan.js";
import { FirstDevice } from "./first-device.js";
import type { CompactOptions } from "./options.js";
import { mayBeAlone, WalkPins, type CompactTables } from "./walk-pins.js";

/**
 * Where the walk is: nowhere yet, at a port or a pin of which the net is known, at a pin of which it is not, or with its pen
 * lifted. After a step that said nothing (`isIdle`) something must be said, so every few tokens the circuit grows.
 */
type Place =
  | { readonly at: "start" }
  | { readonly at: "port"; readonly net: number; readonly isIdle: boolean }
  | { readonly at: "pin"; readonly device: number; readonly pin: number; readonly isIdle: boolean }
  | { readonly at: "loose pin"; readonly device: number; readonly pin: number }
  | { readonly at: "lifted" };

/**
 * Allows walks of circuits that obey core's electrical rules, as far as they can be finished within the limit. They begin and
 * end at VSS. Every device but the first is reached first from a net, no rail, of an earlier one; the first, which is reached
 * from VSS, is joined to such a net at once. So the circuit hangs together.
 *
 * What a step may be follows from the circuit so far, a {@link ScatteredCircuit}. While there is plenty left that is all;
 * otherwise a token is allowed if the plan for finishing still fits afterwards. The plan's next step is always allowed.
 */
export class CompactGrammar extends MaskedGrammar {
  readonly #tables: CompactTables;
  readonly #circuit: ScatteredCircuit;
  readonly #plan: ClosedWalkPlan;
  readonly #ground: number;
  readonly #portIsAllowed: readonly boolean[];
  readonly #pins: WalkPins;
  readonly #first: FirstDevice;
  #place: Place = { at: "start" };

  /** Throws `GRAMMAR_LIMIT` when no circuit fits into the limit, and `GRAMMAR_CONDITIONS` when the vocabulary lacks a port. */
  constructor(tables: CompactTables, options: CompactOptions, limits: SentenceLimits) {
    super(tables.size, limits);
    const { maxTokens, conditions } = limits;
    this.#tables = tables;
    const ports = tables.ports.map((id) => ({ id, name: tables.names[id] as string }));
    const { allowed, required } = askedPorts(ports, conditions);
    this.#portIsAllowed = ports.map((port) => allowed.includes(port));
    this.#ground = tables.ports.indexOf(tables.root);
    this.#circuit = new ScatteredCircuit({
      types: tables.types,
      ports: ports.map(({ name }, index) => ({ name, isAllowed: this.#portIsAllowed[index] === true })),
      asked: required.map((port) => ports.indexOf(port)),
      count: askedDevices(conditions),
      // A net is named by a pin of another device on it.
      isNameable: (device, net) => !this.#circuit.circuit.isOfOneDevice(net, device),
    });
    this.#pins = new WalkPins(tables, this.#circuit, options.deviceNumbers === "visit");
    this.#plan = new ClosedWalkPlan(this.#circuit);
    this.#first = new FirstDevice(tables, this.#circuit, this.#pins, this.#plan, this.#portIsAllowed);
    if (!this.canStart(tables)) refuseLimit(maxTokens, conditions, required);
  }

  protected override take(id: number): void {
    const place = this.#place;
    if (id === this.#tables.lift) {
      this.#place = { at: "lifted" };
      return;
    }
    const isLifted = place.at === "lifted";
    const from = this.#netHere();
    if (this.#tables.kinds[id] === TokenKind.port) {
      const net = this.#tables.ports.indexOf(id);
      if (place.at === "loose pin") this.#circuit.place(place.device, place.pin, net);
      this.#place = { at: "port", net, isIdle: place.at !== "loose pin" };
      return;
    }
    const pin = this.#tables.pinOf[id] as number;
    const isInside = (place.at === "pin" || place.at === "loose pin") && this.#pins.isOf(place.device, id);
    const device = this.#pins.deviceAt(id);
    const isLoose = this.#circuit.isWaiting(device, pin);
    if (isLifted || isInside) {
      this.#place = isLoose ? { at: "loose pin", device, pin } : { at: "pin", device, pin, isIdle: true };
      return;
    }
    if (place.at === "loose pin") {
      const net = isLoose ? this.#circuit.circuit.addNet() : this.#pins.netOf(device, pin);
      this.#circuit.place(place.device, place.pin, net);
      if (isLoose) this.#circuit.place(device, pin, net);
      this.#place = { at: "pin", device, pin, isIdle: false };
    } else {
      if (isLoose) this.#circuit.place(device, pin, from);
      this.#place = { at: "pin", device, pin, isIdle: !isLoose };
    }
  }

  protected override allow(mask: Uint8Array): void {
    const place = this.#place;
    const hasPlenty = this.#circuit.hasPlenty(this.#tokens - CLOSING - 3);
    if (place.at === "start") {
      if (this.#first.canBegin(this.#tokens - 1, hasPlenty)) mask[this.#tables.root] = 1;
      return;
    }
    if (this.#pins.devices === 0) return this.#first.allowPins(mask, this.#tokens, hasPlenty);
    const { circuit } = this.#circuit;
    if (this.#pins.devices === 1 && circuit.netsOf(0).every((net) => net < 0 || circuit.isRail(net))) {
      return place.at === "loose pin"
        ? this.#first.allowAnchors(mask, place.pin, this.#tokens, hasPlenty)
        : this.#first.allowMoves(mask, this.#tokens, hasPlenty);
    }
    switch (place.at) {
      case "loose pin":
        return this.#allowJoins(mask, place.device, place.pin, hasPlenty);
      case "lifted":
        return this.#allowLandings(mask, hasPlenty);
      default:
        this.#allowOnward(mask, place, hasPlenty);
    }
  }

  /** Tokens left after the next one. */
  get #tokens(): number {
    return this.room - 1;
  }

  /** From a pin of which nothing is told: to a port or a net, or to another such pin, which makes a new net. */
  #allowJoins(mask: Uint8Array, device: number, pin: number, hasPlenty: boolean): void {
    const { circuit } = this.#circuit;
    const tokens = this.#tokens;
    for (let net = 0; net < circuit.netCount; net++) {
      if (this.#portIsAllowed[net] === false || !circuit.mayPlace(device, pin, net)) continue;
      if (!hasPlenty && !this.#plan.canFinish(tokens, () => this.#circuit.place(device, pin, net))) continue;
      this.#markNet(mask, net, device);
    }
    if (!mayBeAlone(circuit.rolesOf(device).terminals, pin)) return;
    this.#pins.forLoose(device, (other, otherPin, id) => {
      if (!mayBeAlone(circuit.rolesOf(other).terminals, otherPin)) return;
      const join = (): void => {
        const net = circuit.addNet();
        this.#circuit.place(device, pin, net);
        this.#circuit.place(other, otherPin, net);
      };
      if (hasPlenty || this.#plan.canFinish(tokens, join)) mask[id] = 1;
    });
    this.#pins.forNew((type, other, ids) => {
      if (!hasPlenty && !this.#plan.canFinishNew(tokens, type, other, { device, pin })) return;
      for (const id of ids) mask[id] = 1;
    });
  }

  /** The tokens by which a pin of a device can be joined to a net: its port, and pins of other devices on it. */
  #markNet(mask: Uint8Array, net: number, device: number): void {
    const port = this.#tables.ports[net];
    if (port !== undefined) mask[port] = 1;
    for (const place of this.#circuit.circuit.placesOn(net)) {
      const other = (place / PLACES) | 0;
      if (other !== device) mask[this.#pins.tokens(other)[place % PLACES] as number] = 1;
    }
  }

  /** After the pen was lifted: a pin of which nothing is told, or a place from which something can be told. */
  #allowLandings(mask: Uint8Array, hasPlenty: boolean): void {
    const { circuit } = this.#circuit;
    this.#pins.forLoose(-1, (device, pin, id) => {
      if (hasPlenty || this.#circuit.canFinish(this.#tokens, { device, pin })) mask[id] = 1;
    });
    for (let net = 0; net < circuit.netCount; net++) {
      if (circuit.pinsOn(net) > 0) this.#markIdle(mask, net, -1, hasPlenty);
    }
  }

  /** Onward from a port or a pin of which the net is known. */
  #allowOnward(mask: Uint8Array, place: Extract<Place, { readonly isIdle: boolean }>, hasPlenty: boolean): void {
    const circuit = this.#circuit;
    const net = this.#netHere();
    const device = place.at === "pin" ? place.device : -1;
    if (place.at === "port" && net === this.#ground && circuit.isComplete) mask[END_ID] = 1;
    if (device >= 0) {
      const pins = this.#pins.tokens(device);
      for (const pin of this.#pins.loose(device)) {
        if (hasPlenty || circuit.canFinish(this.#tokens, { device, pin })) mask[pins[pin] as number] = 1;
      }
    }
    this.#pins.forLoose(device, (other, pin, id) => {
      if (!circuit.circuit.mayPlace(other, pin, net)) return;
      if (hasPlenty || this.#plan.canFinish(this.#tokens, () => circuit.place(other, pin, net))) mask[id] = 1;
    });
    if (!circuit.circuit.isRail(net)) {
      this.#pins.forNew((type, pin, ids) => {
        if (!hasPlenty && !this.#plan.canFinishNew(this.#tokens, type, pin, net)) return;
        for (const id of ids) mask[id] = 1;
      });
    }
    if (place.isIdle) return;
    this.#markIdle(mask, net, device, hasPlenty);
    if (hasPlenty || this.#canLift()) mask[this.#tables.lift] = 1;
  }

  /** Marks the port and the pins of a net, save those of one device, from which something can be told, or the walk be ended. */
  #markIdle(mask: Uint8Array, net: number, except: number, hasPlenty: boolean): void {
    const { circuit } = this.#circuit;
    const tellers = this.#tellersOn(net, hasPlenty);
    const isNew = tellers[0] === -1;
    const port = this.#tables.ports[net];
    if (port !== undefined && (tellers.length > 0 || (net === this.#ground && this.#circuit.isComplete))) {
      if (except >= 0 || this.#place.at === "lifted") mask[port] = 1;
    }
    for (const place of circuit.placesOn(net)) {
      const device = (place / PLACES) | 0;
      if (device === except) continue;
      const isOpen = isNew || tellers.some((teller) => teller !== device) || this.#canGoOnInside(device, hasPlenty);
      if (isOpen) mask[this.#pins.tokens(device)[place % PLACES] as number] = 1;
    }
  }

  /** Devices with a pin that can be put on the net next, two of them at most; -1 stands for a new one. */
  #tellersOn(net: number, hasPlenty: boolean): readonly number[] {
    const tokens = this.#tokens - 1;
    if (hasPlenty ? this.#mayBeginOn(net) : this.#canBeginOn(net, tokens)) return aNewOne;
    const found: number[] = [];
    this.#pins.forLoose(-1, (device, pin) => {
      if (found.length > 1 || found.includes(device) || !this.#circuit.circuit.mayPlace(device, pin, net)) return;
      if (hasPlenty || this.#plan.canFinish(tokens, () => this.#circuit.place(device, pin, net))) found.push(device);
    });
    return found;
  }

  #mayBeginOn(net: number): boolean {
    return !this.#circuit.circuit.isRail(net) && this.#circuit.devicesLeft > 0 && this.#circuit.free.some((free) => free > 0);
  }

  /** Whether a step inside the device leads to a pin of which nothing is told. */
  #canGoOnInside(device: number, hasPlenty: boolean): boolean {
    if (hasPlenty) return this.#pins.hasLoose(device);
    return this.#pins.loose(device).some((pin) => this.#circuit.canFinish(this.#tokens - 1, { device, pin }));
  }

  #canLift(): boolean {
    const circuit = this.#circuit;
    if (circuit.isComplete) return this.#tokens >= 1;
    if (circuit.waiting > 0) return circuit.canFinish(this.#tokens - CLOSING + 1);
    for (let net = 0; net < circuit.circuit.netCount; net++) {
      if (circuit.circuit.pinsOn(net) > 0 && this.#canBeginOn(net, this.#tokens - 2)) return true;
    }
    return false;
  }

  #canBeginOn(net: number, tokens: number): boolean {
    if (this.#circuit.circuit.isRail(net)) return false;
    return this.#tables.types.some(({ roles }, type) =>
      roles.definesVoltage.some(
        (_, pin) =>
          mayBeAlone(roles.terminals, pin) && this.#circuit.mayBegin(type) && this.#plan.canFinishNew(tokens, type, pin, net),
      ),
    );
  }

  /** The net of the port or the pin here, -1 when there is none. */
  #netHere(): number {
    const place = this.#place;
    if (place.at === "port") return place.net;
    return place.at === "pin" ? this.#pins.netOf(place.device, place.pin) : -1;
  }
}

const aNewOne: readonly number[] = [-1];
