import { type PinVocabulary, TokenKind } from "@topogenie/core";
import type { PortPins } from "../options.js";

/** A net as far as the sentence has told it: token ids. */
export interface PartialNet {
  readonly pins: number[];
  /** Token id, or -1 for an internal net. */
  port: number;
}

/** The devices begun and the nets told by an unfinished sentence. */
export class PartialCircuit {
  readonly begunPins: number[] = [];
  deviceCount = 0;
  /** Devices not yet begun, by type as in the tables. */
  readonly free: number[];
  /** 1 for the pins of devices not yet begun, by token id. */
  readonly freePins: Uint8Array;
  readonly #tables: PinVocabulary;
  readonly #star: boolean;
  readonly #seenPorts: Uint8Array;
  readonly #nets: (PartialNet | undefined)[];

  constructor(tables: PinVocabulary, portPins: PortPins) {
    this.#tables = tables;
    this.#star = portPins === "star";
    this.freePins = new Uint8Array(tables.size);
    for (const { pins } of tables.devices) for (const pin of pins) this.freePins[pin] = 1;
    this.#seenPorts = new Uint8Array(tables.size);
    this.#nets = new Array<PartialNet | undefined>(tables.size);
    this.free = tables.types.map((type) => type.devices);
  }

  begin(device: number): void {
    const { type, pins } = this.#tables.devices[device] as PinVocabulary["devices"][number];
    this.deviceCount++;
    this.free[type] = (this.free[type] as number) - 1;
    for (const pin of pins) {
      this.begunPins.push(pin);
      this.freePins[pin] = 0;
      this.#nets[pin] = { pins: [pin], port: -1 };
    }
  }

  hasPort(port: number): boolean {
    return this.#seenPorts[port] === 1;
  }

  /** The net of a begun device's pin or of a port; a port not yet seen is a net of its own. */
  net(id: number): PartialNet {
    return (this.#nets[id] ??= { pins: [], port: id });
  }

  seePort(port: number): void {
    this.#seenPorts[port] = 1;
  }

  /** Whether a pin is known to touch nothing. */
  isLonely(id: number): boolean {
    if (this.#tables.kinds[id] !== TokenKind.pin) return false;
    const net = this.#nets[id];
    return net?.pins.length === 1 && net.port < 0;
  }

  /** Edges that joining two nets adds to the pin graph; 0 when the form of the graph or a second port forbids it. */
  edgesOfJoin(a: PartialNet, b: PartialNet): number {
    if (a === b || (a.port >= 0 && b.port >= 0)) return 0;
    const pairs = a.pins.length * b.pins.length;
    if (a.port < 0 && b.port < 0) return pairs;
    const [inner, outer] = a.port < 0 ? [a, b] : [b, a];
    if (this.#star) return inner.pins.length === 1 && outer.port >= 0 ? 1 : 0;
    return pairs + inner.pins.length;
  }

  /** Joins the nets and returns the edges that this adds, as pairs of ids. */
  join(a: PartialNet, b: PartialNet): (readonly [number, number])[] {
    const edges: (readonly [number, number])[] = [];
    const [inner, outer] = a.port < 0 ? [a, b] : [b, a];
    if (outer.port >= 0) for (const pin of inner.pins) edges.push([pin, outer.port]);
    if (outer.port < 0 || !this.#star) {
      for (const pin of inner.pins) for (const other of outer.pins) edges.push([pin, other]);
    }
    for (const pin of inner.pins) {
      outer.pins.push(pin);
      this.#nets[pin] = outer;
    }
    return edges;
  }
}
