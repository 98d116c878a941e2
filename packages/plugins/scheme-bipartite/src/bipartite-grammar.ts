import {
  askedDevices,
  askedPorts,
  END_ID,
  MaskedGrammar,
  refuseLimit,
  ScatteredCircuit,
  type SentenceLimits,
} from "@topogenie/core";
import type { GrammarTables, TypeTokens } from "./grammar-tables.js";
import type { BipartiteOptions } from "./options.js";

/** Where the walk is: nowhere yet, at a net, at a device, on an edge from a net, or on one from a device. */
type Place =
  | { readonly at: "start" }
  | { readonly at: "net"; readonly net: number; readonly isJump: boolean }
  | { readonly at: "device"; readonly device: number; readonly isJump: boolean }
  | { readonly at: "net edge"; readonly net: number; readonly type: number; readonly pin: number }
  | { readonly at: "device edge"; readonly device: number; readonly pin: number };

/**
 * Allows walks over the bipartite graphs of circuits that obey core's electrical rules, as far as they can be finished within
 * the limit. They begin at a net that is no rail; every device but the first is reached first from such a net, so that the
 * circuit hangs together. After a jump to another node an edge must follow, so every few tokens the circuit grows.
 *
 * What a step may be follows from the circuit so far, a {@link ScatteredCircuit}. While there is plenty left that is all;
 * otherwise a token is allowed if the plan for finishing still fits afterwards. The plan's next step is always allowed.
 */
export class BipartiteGrammar extends MaskedGrammar {
  readonly #tables: GrammarTables;
  readonly #numbersByVisit: boolean;
  readonly #circuit: ScatteredCircuit;
  readonly #portIsAllowed: readonly boolean[];
  /** Devices by token, -1 before they are begun. */
  readonly #deviceByToken: Int32Array;
  /** Nets by token, -1 for internal ones not yet opened. */
  readonly #netByToken: Int32Array;
  readonly #tokenOfDevice: number[] = [];
  readonly #tokenOfNet: number[];
  #netsOpened = 0;
  #place: Place = { at: "start" };

  /** Throws `GRAMMAR_LIMIT` when no circuit fits into the limit, and `GRAMMAR_CONDITIONS` when the vocabulary lacks a port. */
  constructor(tables: GrammarTables, options: BipartiteOptions, limits: SentenceLimits) {
    super(tables.size, limits);
    const { maxTokens, conditions } = limits;
    this.#tables = tables;
    this.#numbersByVisit = options.deviceNumbers === "visit";
    const { ports } = tables;
    const { allowed, required } = askedPorts(ports, conditions);
    this.#portIsAllowed = ports.map((port) => allowed.includes(port));
    this.#circuit = new ScatteredCircuit({
      types: tables.types,
      ports: ports.map(({ name }, index) => ({ name, isAllowed: this.#portIsAllowed[index] === true })),
      asked: required.map((port) => ports.indexOf(port)),
      count: askedDevices(conditions),
      isNameable: () => true,
    });
    this.#deviceByToken = new Int32Array(tables.size).fill(-1);
    this.#netByToken = new Int32Array(tables.size).fill(-1);
    ports.forEach(({ id }, net) => (this.#netByToken[id] = net));
    this.#tokenOfNet = ports.map(({ id }) => id);
    if (!this.canStart(tables)) refuseLimit(maxTokens, conditions, required);
  }

  protected override take(id: number): void {
    const place = this.#place;
    const type = this.#tables.typeOf[id] as number;
    const pin = this.#tables.pinOf[id] as number;
    if (pin >= 0) {
      this.#place =
        place.at === "net"
          ? { at: "net edge", net: place.net, type, pin }
          : { at: "device edge", device: (place as { device: number }).device, pin };
    } else if (type >= 0) {
      let device = this.#deviceByToken[id] as number;
      if (device < 0) {
        device = this.#circuit.begin(type);
        this.#deviceByToken[id] = device;
        this.#tokenOfDevice.push(id);
      }
      if (place.at === "net edge") this.#circuit.place(device, place.pin, place.net);
      this.#place = { at: "device", device, isJump: place.at !== "net edge" };
    } else {
      let net = this.#netByToken[id] as number;
      if (net < 0) {
        net = this.#circuit.circuit.addNet();
        this.#netByToken[id] = net;
        this.#tokenOfNet.push(id);
        this.#netsOpened++;
      }
      if (place.at === "device edge") this.#circuit.place(place.device, place.pin, net);
      this.#place = { at: "net", net, isJump: place.at !== "device edge" };
    }
  }

  /** Tokens left after the next one. */
  get #tokens(): number {
    return this.room - 1;
  }

  protected override allow(mask: Uint8Array): void {
    const place = this.#place;
    if (place.at === "start") return this.#allowStart(mask);
    const hasPlenty = this.#circuit.hasPlenty(this.#tokens - 2);
    switch (place.at) {
      case "net edge":
        return this.#allowDevices(mask, place.net, place.type, place.pin, hasPlenty);
      case "device edge":
        return this.#allowNets(mask, place.device, place.pin, hasPlenty);
      case "net":
        this.#allowNetEdges(mask, place.net, hasPlenty);
        break;
      case "device":
        this.#allowDeviceEdges(mask, place.device, hasPlenty);
    }
    if (!place.isJump) this.#allowJumps(mask, place, hasPlenty);
    if (!place.isJump && this.#circuit.isComplete) mask[END_ID] = 1;
  }

  /** A net, no rail, on which a first device can be begun. */
  #allowStart(mask: Uint8Array): void {
    const { circuit } = this.#circuit;
    this.#tables.ports.forEach(({ id }, net) => {
      if (this.#portIsAllowed[net] === true && !circuit.isRail(net) && this.#canBegin(net, this.#tokens)) mask[id] = 1;
    });
    const [first] = this.#tables.nets;
    if (first === undefined) return;
    const isAllowed = this.#circuit.trial(() => this.#canBegin(circuit.addNet(), this.#tokens));
    if (isAllowed) mask[first] = 1;
  }

  #allowDevices(mask: Uint8Array, net: number, type: number, pin: number, hasPlenty: boolean): void {
    const { ids } = this.#typeTokens(type);
    for (const id of ids) {
      const device = this.#deviceByToken[id] as number;
      if (device >= 0 && this.#mayReach(device, pin, net) && (hasPlenty || this.#canFinishAt(device, pin, net))) mask[id] = 1;
    }
    if (!this.#mayBeginOn(net, type, pin)) return;
    if (hasPlenty || this.#canFinishNew(net, type, pin, this.#tokens)) this.#markNew(mask, type);
  }

  #markNew(mask: Uint8Array, type: number): void {
    for (const id of this.#typeTokens(type).ids) {
      if (this.#deviceByToken[id] !== -1) continue;
      mask[id] = 1;
      if (this.#numbersByVisit) return;
    }
  }

  #allowNets(mask: Uint8Array, device: number, pin: number, hasPlenty: boolean): void {
    const { circuit } = this.#circuit;
    for (let net = 0; net < this.#tokenOfNet.length; net++) {
      if (this.#portIsAllowed[net] === false || !circuit.mayPlace(device, pin, net)) continue;
      if (hasPlenty || this.#canFinishAt(device, pin, net)) mask[this.#tokenOfNet[net] as number] = 1;
    }
    const next = this.#tables.nets[this.#netsOpened];
    if (next === undefined) return;
    const { terminals } = circuit.rolesOf(device);
    if (hasPlenty && terminals.length > 1) {
      mask[next] = 1;
      return;
    }
    const isAllowed = this.#circuit.trial(() => {
      const net = circuit.addNet();
      return circuit.mayPlace(device, pin, net) && (hasPlenty || this.#canFinishAt(device, pin, net));
    });
    if (isAllowed) mask[next] = 1;
  }

  /** Edges to devices that wait for them, and to new devices. */
  #allowNetEdges(mask: Uint8Array, net: number, hasPlenty: boolean): void {
    const circuit = this.#circuit;
    const tokens = this.#tokens - 1;
    if (circuit.waiting > 0) {
      for (let device = 0; device < this.#tokenOfDevice.length; device++) {
        const nets = circuit.circuit.netsOf(device);
        const { edges } = this.#typeTokens(circuit.typeOf(device));
        for (let pin = 0; pin < nets.length; pin++) {
          const id = edges[pin] as number;
          if (nets[pin] !== -1 || mask[id] === 1 || !circuit.circuit.mayPlace(device, pin, net)) continue;
          if (hasPlenty || this.#canFinishAt(device, pin, net, tokens)) mask[id] = 1;
        }
      }
    }
    for (let type = 0; type < this.#tables.types.length; type++) {
      const { edges } = this.#typeTokens(type);
      for (let pin = 0; pin < edges.length; pin++) {
        const id = edges[pin] as number;
        if (mask[id] === 1 || !this.#mayBeginOn(net, type, pin)) continue;
        if (hasPlenty || this.#canFinishNew(net, type, pin, tokens)) mask[id] = 1;
      }
    }
  }

  #allowDeviceEdges(mask: Uint8Array, device: number, hasPlenty: boolean): void {
    const { edges } = this.#typeTokens(this.#circuit.typeOf(device));
    edges.forEach((id, pin) => {
      if (!this.#circuit.isWaiting(device, pin)) return;
      // The net takes one token more, and nothing else for this pin.
      if (hasPlenty || this.#circuit.canFinish(this.#tokens + 2, { device, pin })) mask[id] = 1;
    });
  }

  /** To devices that wait for edges, and to nets from which an edge can lead on. */
  #allowJumps(mask: Uint8Array, place: Place, hasPlenty: boolean): void {
    const circuit = this.#circuit;
    for (let device = 0; circuit.waiting > 0 && device < this.#tokenOfDevice.length; device++) {
      if (place.at === "device" && place.device === device) continue;
      if (!circuit.circuit.netsOf(device).includes(-1)) continue;
      // At the device the first of its pins takes one token less.
      if (hasPlenty || circuit.canFinish(this.#tokens + 1, { device })) mask[this.#tokenOfDevice[device] as number] = 1;
    }
    for (let net = 0; net < this.#tokenOfNet.length; net++) {
      if (circuit.circuit.pinsOn(net) === 0 || (place.at === "net" && place.net === net)) continue;
      if (hasPlenty ? this.#leadsOn(net) : this.#canBegin(net, this.#tokens) || this.#canReachFrom(net, this.#tokens - 2))
        mask[this.#tokenOfNet[net] as number] = 1;
    }
  }

  /** Whether a device that was begun may take this edge. */
  #mayReach(device: number, pin: number, net: number): boolean {
    return this.#circuit.isWaiting(device, pin) && this.#circuit.circuit.mayPlace(device, pin, net);
  }

  /** Whether a new device may be begun on a net. */
  #mayBeginOn(net: number, type: number, pin: number): boolean {
    if (!this.#circuit.mayBegin(type) || this.#circuit.circuit.isRail(net)) return false;
    const { terminals } = this.#typeTokens(type).roles;
    return terminals.length > 1 || terminals[0] !== pin;
  }

  #leadsOn(net: number): boolean {
    const circuit = this.#circuit;
    for (let type = 0; type < this.#tables.types.length; type++) {
      for (let pin = 0; pin < this.#typeTokens(type).edges.length; pin++) if (this.#mayBeginOn(net, type, pin)) return true;
    }
    for (const [device, pin] of this.#waitingPins()) if (circuit.circuit.mayPlace(device, pin, net)) return true;
    return false;
  }

  *#waitingPins(): Iterable<readonly [device: number, pin: number]> {
    if (this.#circuit.waiting === 0) return;
    for (let device = 0; device < this.#tokenOfDevice.length; device++) {
      const nets = this.#circuit.circuit.netsOf(device);
      for (let pin = 0; pin < nets.length; pin++) if (nets[pin] === -1) yield [device, pin];
    }
  }

  #reachable(net: number): (readonly [device: number, pin: number])[] {
    return [...this.#waitingPins()].filter(([device, pin]) => this.#mayReach(device, pin, net));
  }

  #canReachFrom(net: number, tokens: number): boolean {
    return this.#reachable(net).some(([device, pin]) => this.#canFinishAt(device, pin, net, tokens));
  }

  /** Whether the circuit can be finished once this pin is on this net and so many tokens are left. */
  #canFinishAt(device: number, pin: number, net: number, tokens = this.#tokens): boolean {
    return this.#circuit.trial(() => {
      this.#circuit.place(device, pin, net);
      return this.#circuit.canFinish(tokens);
    });
  }

  #canFinishNew(net: number, type: number, pin: number, tokens: number): boolean {
    return this.#circuit.trial(() => {
      this.#circuit.place(this.#circuit.begin(type), pin, net);
      return this.#circuit.canFinish(tokens);
    });
  }

  /** Whether some device can be begun on the net, by an edge and its own token, when so many tokens are left for all. */
  #canBegin(net: number, tokens: number): boolean {
    return this.#tables.types.some(({ edges }, type) =>
      edges.some((_, pin) => this.#mayBeginOn(net, type, pin) && this.#canFinishNew(net, type, pin, tokens - 2)),
    );
  }

  #typeTokens(type: number): TypeTokens {
    return this.#tables.types[type] as TypeTokens;
  }
}
