import { GROUND_PORT, OpenCircuit, PLACES, type PinRoles, type PinVocabulary, TokenKind } from "@topogenie/core";
import type { PortPins } from "../options.js";
import { OpenArcs } from "./open-arcs.js";

/** Kinds of steps that can be taken back. */
const Step = { begin: 0, walk: 1, owe: 2 } as const;

/**
 * What an unfinished walk has told: the circuit so far, in which every pin of a device that was begun is on a net, at first on
 * one of its own, and the arcs that the walk still owes. It can look ahead and take back ({@link mark}, {@link rollback}).
 */
export class WalkState {
  readonly tables: PinVocabulary;
  readonly isStar: boolean;
  readonly circuit = new OpenCircuit();
  readonly open: OpenArcs;
  /** Device numbers of the circuit by index into the tables' devices; -1 when not begun. */
  readonly begun: Int32Array;
  /** Indices into the tables' devices, in the order of the circuit's. */
  readonly order: number[] = [];
  /** Devices not yet begun, by type as in the tables. */
  readonly free: number[];
  here = -1;
  readonly #portNets: Int32Array;
  readonly #portOfNet: number[] = [];
  /** What was done, for {@link rollback}: the arguments of each step, then what it was. */
  readonly #history: number[] = [];

  constructor(tables: PinVocabulary, portPins: PortPins) {
    this.tables = tables;
    this.isStar = portPins === "star";
    this.open = new OpenArcs(tables.size);
    this.begun = new Int32Array(tables.devices.length).fill(-1);
    this.free = tables.types.map((type) => type.devices);
    this.#portNets = new Int32Array(tables.size).fill(-1);
    for (const port of tables.ports) {
      const net = this.circuit.addNet(port === tables.root ? GROUND_PORT : tables.names[port]);
      this.#portNets[port] = net;
      this.#portOfNet[net] = port;
    }
  }

  isBegun(id: number): boolean {
    return this.begun[this.tables.deviceOf[id] as number] !== -1;
  }

  /** The net of a port or of a begun device's pin. */
  net(id: number): number {
    if (this.tables.kinds[id] === TokenKind.port) return this.#portNets[id] as number;
    const index = this.tables.deviceOf[id] as number;
    return this.circuit.devices[this.begun[index] as number]?.nets[this.tables.pinOf[id] as number] as number;
  }

  /** The port's token of a net, -1 for an internal one. */
  port(net: number): number {
    return this.#portOfNet[net] ?? -1;
  }

  /** Tokens of the pins on a net. */
  pins(net: number): number[] {
    return this.circuit.placesOn(net).map((place) => this.#tokenAt(place));
  }

  /** Token of one pin on a net that is touched. */
  firstPin(net: number): number {
    return this.#tokenAt(this.circuit.placesOn(net)[0] as number);
  }

  #tokenAt(place: number): number {
    const index = this.order[(place / PLACES) | 0] as number;
    return (this.tables.devices[index] as PinVocabulary["devices"][number]).pins[place % PLACES] as number;
  }

  /** Begins a device: its pins are joined to it and to nothing else. */
  begin(index: number): void {
    const { type, device, pins } = this.tables.devices[index] as PinVocabulary["devices"][number];
    const number = this.circuit.begin(this.roles(type));
    pins.forEach((_, pin) => {
      this.circuit.place(number, pin, this.circuit.addNet());
    });
    this.begun[index] = number;
    this.order.push(index);
    this.free[type] = (this.free[type] as number) - 1;
    this.#history.push(Step.begin);
    for (const pin of pins) this.#owe(device, pin);
  }

  roles(type: number): PinRoles {
    return (this.tables.types[type] as PinVocabulary["types"][number]).roles;
  }

  /** Edges that joining two nets adds; 0 when the form of the graph, a second port or an electrical rule forbids it. */
  edgesOfJoin(a: number, b: number): number {
    if (a === b) return 0;
    const { circuit } = this;
    const [from, into] = this.port(a) >= 0 ? [b, a] : [a, b];
    if (this.port(from) >= 0) return 0;
    const pins = circuit.pinsOn(from);
    const others = circuit.pinsOn(into);
    const isPort = this.port(into) >= 0;
    if (isPort && this.isStar && pins > 1) return 0;
    if (!circuit.mayMerge(from, into)) return 0;
    return (isPort ? pins : 0) + (isPort && this.isStar ? 0 : pins * others);
  }

  /** Joins two nets; all edges that this adds are owed both ways. */
  join(a: number, b: number): void {
    const [from, into] = this.port(a) >= 0 ? [b, a] : [a, b];
    const port = this.port(into);
    const pins = this.pins(from);
    if (port >= 0) for (const pin of pins) this.#owe(pin, port);
    if (port < 0 || !this.isStar) {
      for (const other of this.pins(into)) for (const pin of pins) this.#owe(pin, other);
    }
    this.circuit.merge(from, into);
  }

  /** Walks an owed arc. */
  walk(to: number): void {
    const from = this.here;
    this.open.remove(from, to);
    this.here = to;
    this.#history.push(from, to, Step.walk);
  }

  mark(): readonly [number, number] {
    return [this.#history.length, this.circuit.mark()];
  }

  rollback([steps, circuit]: readonly [number, number]): void {
    const history = this.#history;
    while (history.length > steps) {
      const step = history.pop();
      if (step === Step.begin) {
        const index = this.order.pop() as number;
        const { type } = this.tables.devices[index] as PinVocabulary["devices"][number];
        this.begun[index] = -1;
        this.free[type] = (this.free[type] as number) + 1;
        continue;
      }
      const to = history.pop() as number;
      const from = history.pop() as number;
      if (step === Step.walk) {
        this.open.add(from, to);
        this.here = from;
      } else {
        this.open.remove(from, to);
        this.open.remove(to, from);
      }
    }
    this.circuit.rollback(circuit);
  }

  #owe(one: number, other: number): void {
    this.open.add(one, other);
    this.open.add(other, one);
    this.#history.push(one, other, Step.owe);
  }
}
