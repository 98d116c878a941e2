import {
  askedPorts,
  END_ID,
  MaskedGrammar,
  PLACES,
  refuseLimit,
  ScatteredCircuit,
  TokenKind,
  type Conditions,
  type PinVocabulary,
} from "@topogenie/core";
import type { CompactOptions } from "./options.js";

export interface CompactTables extends PinVocabulary {
  /** The token that lifts the pen. */
  readonly lift: number;
  /** By type, the index of its first device; the others follow it. */
  readonly firstOf: readonly number[];
}

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

/** What closing the walk takes: to lift the pen, and VSS. */
const CLOSING = 2;

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
  readonly #maxTokens: number;
  readonly #numbersByVisit: boolean;
  readonly #circuit: ScatteredCircuit;
  readonly #ground: number;
  readonly #portIsAllowed: readonly boolean[];
  /** Devices of the circuit by index into the tables' devices, -1 before they are begun. */
  readonly #begun: Int32Array;
  /** Indices into the tables' devices, by devices of the circuit. */
  readonly #order: number[] = [];
  #place: Place = { at: "start" };

  /** Throws `GRAMMAR_LIMIT` when no circuit fits into the limit, and `GRAMMAR_CONDITIONS` when the vocabulary lacks a port. */
  constructor(tables: CompactTables, options: CompactOptions, maxTokens: number, written: number, conditions: Conditions = {}) {
    super(tables.size, written);
    this.#tables = tables;
    this.#maxTokens = maxTokens;
    this.#numbersByVisit = options.deviceNumbers === "visit";
    const ports = tables.ports.map((id) => ({ id, name: tables.names[id] as string }));
    const asked = askedPorts(ports, conditions);
    this.#portIsAllowed = ports.map((port) => asked?.includes(port) ?? true);
    this.#ground = tables.ports.indexOf(tables.root);
    this.#circuit = new ScatteredCircuit({
      types: tables.types,
      ports: ports.map(({ name }, index) => ({ name, isAllowed: this.#portIsAllowed[index] === true })),
      asked: asked?.map((port) => ports.indexOf(port)) ?? [this.#ground],
      deviceCount: conditions.deviceCount,
      // A net is named by a pin of another device on it.
      isNameable: (device, net) => !this.#circuit.circuit.isOfOneDevice(net, device),
    });
    this.#begun = new Int32Array(tables.devices.length).fill(-1);
    if (!this.freshMask().includes(1)) refuseLimit(maxTokens, conditions);
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
    const index = this.#tables.deviceOf[id] as number;
    const pin = this.#tables.pinOf[id] as number;
    const isInside = (place.at === "pin" || place.at === "loose pin") && this.#order[place.device] === index;
    const device = this.#begun[index] === -1 ? this.#begin(index) : (this.#begun[index] as number);
    const isLoose = this.#circuit.isWaiting(device, pin);
    if (isLifted || isInside) {
      this.#place = isLoose ? { at: "loose pin", device, pin } : { at: "pin", device, pin, isIdle: true };
      return;
    }
    if (place.at === "loose pin") {
      const net = isLoose ? this.#circuit.circuit.addNet() : this.#netOf(device, pin);
      this.#circuit.place(place.device, place.pin, net);
      if (isLoose) this.#circuit.place(device, pin, net);
      this.#place = { at: "pin", device, pin, isIdle: false };
    } else {
      if (isLoose) this.#circuit.place(device, pin, from);
      this.#place = { at: "pin", device, pin, isIdle: !isLoose };
    }
  }

  #begin(index: number): number {
    const device = this.#circuit.begin(this.#tables.devices[index]?.type as number);
    this.#begun[index] = device;
    this.#order.push(index);
    return device;
  }

  protected override allow(mask: Uint8Array): void {
    const place = this.#place;
    const hasPlenty = this.#circuit.hasPlenty(this.#tokens - CLOSING - 3);
    if (place.at === "start") {
      if (this.#canBeginFirst(this.#tokens, hasPlenty)) mask[this.#tables.root] = 1;
      return;
    }
    if (this.#order.length === 0) return this.#allowFirst(mask, hasPlenty);
    const { circuit } = this.#circuit;
    if (this.#order.length === 1 && circuit.netsOf(0).every((net) => net < 0 || circuit.isRail(net))) {
      return this.#allowAnchor(mask, place, hasPlenty);
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
    return this.#maxTokens - this.written - 1;
  }

  #allowFirst(mask: Uint8Array, hasPlenty: boolean): void {
    this.#forNewPins((type, pin, ids) => {
      if (!this.#canAnchor(type, pin, this.#tokens, hasPlenty)) return;
      for (const id of ids) mask[id] = 1;
    });
  }

  #canBeginFirst(tokens: number, hasPlenty: boolean): boolean {
    return this.#tables.types.some(({ roles }, type) =>
      roles.definesVoltage.some((_, pin) => this.#canAnchor(type, pin, tokens - 1, hasPlenty)),
    );
  }

  /** Whether a first device can be begun by this pin on VSS when so many tokens are left then. */
  #canAnchor(type: number, pin: number, tokens: number, hasPlenty: boolean): boolean {
    return (
      this.#circuit.mayBegin(type) &&
      this.#circuit.trial(() => {
        const device = this.#circuit.begin(type);
        if (!this.#circuit.circuit.mayPlace(device, pin, this.#ground)) return false;
        this.#circuit.place(device, pin, this.#ground);
        return this.#loosePins(device).some((other) => this.#hasAnchor(device, other, tokens - 2, hasPlenty));
      })
    );
  }

  /** The first device: from its pin on VSS to one that can be joined to a net that is no rail, and to that net. */
  #allowAnchor(mask: Uint8Array, place: Place, hasPlenty: boolean): void {
    if (place.at === "loose pin") {
      this.#forAnchors(place.device, place.pin, this.#tokens, hasPlenty, (ids) => {
        for (const id of ids) mask[id] = 1;
        return false;
      });
      return;
    }
    const { pins } = this.#deviceTokens(0);
    for (const pin of this.#loosePins(0)) {
      if (this.#hasAnchor(0, pin, this.#tokens - 1, hasPlenty)) mask[pins[pin] as number] = 1;
    }
  }

  #hasAnchor(device: number, pin: number, tokens: number, hasPlenty: boolean): boolean {
    return this.#forAnchors(device, pin, tokens, hasPlenty, () => true);
  }

  /**
   * Goes through the tokens that join a pin of the first device to a net that is no rail, if so many tokens are left afterwards,
   * until `visit` says that it has seen enough; returns whether it said so.
   */
  #forAnchors(
    device: number,
    pin: number,
    tokens: number,
    hasPlenty: boolean,
    visit: (ids: readonly number[]) => boolean,
  ): boolean {
    const { circuit } = this.#circuit;
    const { ports, types } = this.#tables;
    for (let net = 0; net < ports.length; net++) {
      if (this.#portIsAllowed[net] === false || circuit.isRail(net) || !circuit.mayPlace(device, pin, net)) continue;
      if (!hasPlenty && !this.#canFinish(tokens, () => this.#circuit.place(device, pin, net))) continue;
      if (visit([ports[net] as number])) return true;
    }
    if (!mayBeAlone(circuit.rolesOf(device).terminals, pin)) return false;
    for (let type = 0; type < types.length; type++) {
      for (const [other, ids] of this.#newPins(type)) {
        if (!hasPlenty && !this.#canFinishNew(tokens, type, other, { device, pin })) continue;
        if (visit(ids)) return true;
      }
    }
    return false;
  }

  /** From a pin of which nothing is told: to a port or a net, or to another such pin, which makes a new net. */
  #allowJoins(mask: Uint8Array, device: number, pin: number, hasPlenty: boolean): void {
    const { circuit } = this.#circuit;
    const tokens = this.#tokens;
    for (let net = 0; net < circuit.netCount; net++) {
      if (this.#portIsAllowed[net] === false || !circuit.mayPlace(device, pin, net)) continue;
      if (!hasPlenty && !this.#canFinish(tokens, () => this.#circuit.place(device, pin, net))) continue;
      this.#markNet(mask, net, device);
    }
    if (!mayBeAlone(circuit.rolesOf(device).terminals, pin)) return;
    this.#forLoosePins(device, (other, otherPin, id) => {
      if (!mayBeAlone(circuit.rolesOf(other).terminals, otherPin)) return;
      const join = (): void => {
        const net = circuit.addNet();
        this.#circuit.place(device, pin, net);
        this.#circuit.place(other, otherPin, net);
      };
      if (hasPlenty || this.#canFinish(tokens, join)) mask[id] = 1;
    });
    this.#forNewPins((type, other, ids) => {
      if (!hasPlenty && !this.#canFinishNew(tokens, type, other, { device, pin })) return;
      for (const id of ids) mask[id] = 1;
    });
  }

  /** The tokens by which a pin of a device can be joined to a net: its port, and pins of other devices on it. */
  #markNet(mask: Uint8Array, net: number, device: number): void {
    const port = this.#tables.ports[net];
    if (port !== undefined) mask[port] = 1;
    for (const place of this.#circuit.circuit.placesOn(net)) {
      const other = (place / PLACES) | 0;
      if (other !== device) mask[this.#deviceTokens(other).pins[place % PLACES] as number] = 1;
    }
  }

  /** After the pen was lifted: a pin of which nothing is told, or a place from which something can be told. */
  #allowLandings(mask: Uint8Array, hasPlenty: boolean): void {
    const { circuit } = this.#circuit;
    this.#forLoosePins(-1, (device, pin, id) => {
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
      const { pins } = this.#deviceTokens(device);
      for (const pin of this.#loosePins(device)) {
        if (hasPlenty || circuit.canFinish(this.#tokens, { device, pin })) mask[pins[pin] as number] = 1;
      }
    }
    this.#forLoosePins(device, (other, pin, id) => {
      if (!circuit.circuit.mayPlace(other, pin, net)) return;
      if (hasPlenty || this.#canFinish(this.#tokens, () => circuit.place(other, pin, net))) mask[id] = 1;
    });
    if (!circuit.circuit.isRail(net)) {
      this.#forNewPins((type, pin, ids) => {
        if (!hasPlenty && !this.#canFinishNew(this.#tokens, type, pin, net)) return;
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
    const port = this.#tables.ports[net];
    if (port !== undefined && (tellers.length > 0 || (net === this.#ground && this.#circuit.isComplete))) {
      if (except >= 0 || this.#place.at === "lifted") mask[port] = 1;
    }
    for (const place of circuit.placesOn(net)) {
      const device = (place / PLACES) | 0;
      if (device === except) continue;
      const isOpen = tellers.some((teller) => teller !== device) || this.#canGoOnInside(device, hasPlenty);
      if (isOpen) mask[this.#deviceTokens(device).pins[place % PLACES] as number] = 1;
    }
  }

  /** Devices with a pin that can be put on the net next, two of them at most; -1 stands for a new one. */
  #tellersOn(net: number, hasPlenty: boolean): readonly number[] {
    const tokens = this.#tokens - 1;
    if (hasPlenty ? this.#mayBeginOn(net) : this.#canBeginOn(net, tokens)) return [-1];
    const found: number[] = [];
    this.#forLoosePins(-1, (device, pin) => {
      if (found.length > 1 || found.includes(device) || !this.#circuit.circuit.mayPlace(device, pin, net)) return;
      if (hasPlenty || this.#canFinish(tokens, () => this.#circuit.place(device, pin, net))) found.push(device);
    });
    return found;
  }

  #mayBeginOn(net: number): boolean {
    return !this.#circuit.circuit.isRail(net) && this.#circuit.devicesLeft > 0 && this.#circuit.free.some((free) => free > 0);
  }

  /** Whether a step inside the device leads to a pin of which nothing is told. */
  #canGoOnInside(device: number, hasPlenty: boolean): boolean {
    return this.#loosePins(device).some((pin) => hasPlenty || this.#circuit.canFinish(this.#tokens - 1, { device, pin }));
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
          mayBeAlone(roles.terminals, pin) && this.#circuit.mayBegin(type) && this.#canFinishNew(tokens, type, pin, net),
      ),
    );
  }

  /** Whether the circuit can be finished once this was done and so many tokens are left, the walk at a place on a net. */
  #canFinish(tokens: number, change: () => void): boolean {
    return this.#circuit.trial(() => {
      change();
      return this.#circuit.canFinish(tokens - CLOSING);
    });
  }

  /** The same once a new device was begun on a net, or with another pin on a net of their own. */
  #canFinishNew(
    tokens: number,
    type: number,
    pin: number,
    to: number | { readonly device: number; readonly pin: number },
  ): boolean {
    return this.#canFinish(tokens, () => {
      const net = typeof to === "number" ? to : this.#circuit.circuit.addNet();
      if (typeof to === "object") this.#circuit.place(to.device, to.pin, net);
      this.#circuit.place(this.#circuit.begin(type), pin, net);
    });
  }

  /** The net of the port or the pin here, -1 when there is none. */
  #netHere(): number {
    const place = this.#place;
    if (place.at === "port") return place.net;
    return place.at === "pin" ? this.#netOf(place.device, place.pin) : -1;
  }

  #netOf(device: number, pin: number): number {
    return this.#circuit.circuit.netsOf(device)[pin] as number;
  }

  #deviceTokens(device: number): CompactTables["devices"][number] {
    return this.#tables.devices[this.#order[device] as number] as CompactTables["devices"][number];
  }

  #loosePins(device: number): number[] {
    const loose: number[] = [];
    this.#circuit.circuit.netsOf(device).forEach((net, pin) => {
      if (net < 0) loose.push(pin);
    });
    return loose;
  }

  /** Pins of devices that were begun, save one, of which nothing is told. */
  #forLoosePins(except: number, visit: (device: number, pin: number, id: number) => void): void {
    if (this.#circuit.waiting === 0) return;
    for (let device = 0; device < this.#order.length; device++) {
      if (device === except) continue;
      const nets = this.#circuit.circuit.netsOf(device);
      for (let pin = 0; pin < nets.length; pin++) {
        if (nets[pin] === -1) visit(device, pin, this.#deviceTokens(device).pins[pin] as number);
      }
    }
  }

  #forNewPins(visit: (type: number, pin: number, ids: readonly number[]) => void): void {
    for (let type = 0; type < this.#tables.types.length; type++) {
      for (const [pin, ids] of this.#newPins(type)) visit(type, pin, ids);
    }
  }

  /** Pins by which a new device of a type can be begun, with their tokens. */
  #newPins(type: number): (readonly [pin: number, ids: readonly number[]])[] {
    if (!this.#circuit.mayBegin(type)) return [];
    const { terminals, pinCount } = (this.#tables.types[type] as CompactTables["types"][number]).roles;
    const first = this.#tables.firstOf[type] as number;
    const free: CompactTables["devices"][number][] = [];
    for (let index = first; free.length < (this.#numbersByVisit ? 1 : (this.#circuit.free[type] as number)); index++) {
      if (this.#begun[index] === -1) free.push(this.#tables.devices[index] as CompactTables["devices"][number]);
    }
    const found: [number, number[]][] = [];
    for (let pin = 0; pin < pinCount; pin++) {
      if (mayBeAlone(terminals, pin)) found.push([pin, free.map(({ pins }) => pins[pin] as number)]);
    }
    return found;
  }
}

/** Whether one pin of a device can be on a net without the others. */
function mayBeAlone(terminals: readonly number[], pin: number): boolean {
  return terminals.length > 1 || terminals[0] !== pin;
}
