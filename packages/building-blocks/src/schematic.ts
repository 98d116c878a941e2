import { Circuit, GROUND_PORT, SUPPLY } from "@topogenie/core";

/** Hand-calculated sizes by parameter name, SI units, where a device would not work at its type's usual ones. */
export type Sizes = Readonly<Record<string, number>>;

interface Drawing {
  readonly devices: { name: string; type: string; nets: string[]; values: Sizes }[];
  readonly ports: Set<string>;
  readonly counts: Map<string, number>;
}

/**
 * A circuit being drawn. Blocks are written once, for an n-channel input: `low` is the rail that n devices stand on.
 * The mirrored view of the same drawing exchanges n with p and VSS with VDD, so a block that draws through it comes
 * out as its complement.
 */
export class Schematic {
  readonly mirrored: boolean;
  readonly #drawing: Drawing;

  constructor(mirrored = false, drawing?: Drawing) {
    this.mirrored = mirrored;
    this.#drawing = drawing ?? { devices: [], ports: new Set([SUPPLY, GROUND_PORT]), counts: new Map() };
  }

  get low(): string {
    return this.mirrored ? SUPPLY : GROUND_PORT;
  }

  get high(): string {
    return this.mirrored ? GROUND_PORT : SUPPLY;
  }

  /** The same drawing with n and p exchanged. */
  get mirror(): Schematic {
    return new Schematic(!this.mirrored, this.#drawing);
  }

  /** Whether the view's n devices are physically p devices, which sit in a well of their own and may have a bulk of their own. */
  get wellForN(): boolean {
    return this.mirrored;
  }

  /** A transistor of the view's n type; its bulk is on the low rail unless said otherwise. */
  n(drain: string, gate: string, source: string, bulk = this.low, sizes: Sizes = {}): void {
    this.device("M", this.mirrored ? "pmos4" : "nmos4", [drain, gate, source, bulk], sizes);
  }

  /** A transistor of the view's p type; its bulk is on the high rail unless said otherwise. */
  p(drain: string, gate: string, source: string, bulk = this.high, sizes: Sizes = {}): void {
    this.device("M", this.mirrored ? "nmos4" : "pmos4", [drain, gate, source, bulk], sizes);
  }

  /** A bipolar transistor of the view's n type; its substrate is not drawn. */
  npn(collector: string, base: string, emitter: string, sizes: Sizes = {}): void {
    this.device("Q", this.mirrored ? "pnp" : "npn", [collector, base, emitter], sizes);
  }

  /** A bipolar transistor of the view's p type. */
  pnp(collector: string, base: string, emitter: string, sizes: Sizes = {}): void {
    this.device("Q", this.mirrored ? "npn" : "pnp", [collector, base, emitter], sizes);
  }

  resistor(a: string, b: string, sizes: Sizes = {}): void {
    this.device("R", "resistor", [a, b], sizes);
  }

  capacitor(a: string, b: string, sizes: Sizes = {}): void {
    this.device("C", "capacitor", [a, b], sizes);
  }

  inductor(a: string, b: string): void {
    this.device("L", "inductor", [a, b]);
  }

  /** Current flows from `anode` to `cathode`; the mirrored view turns it round. */
  diode(anode: string, cathode: string, sizes: Sizes = {}): void {
    this.device("D", "diode", this.mirrored ? [cathode, anode] : [anode, cathode], sizes);
  }

  /** Any device, nets in the order of its type's pins; never mirrored. `letter` and a number are its name. */
  device(letter: string, type: string, nets: readonly string[], sizes: Sizes = {}): void {
    this.#drawing.devices.push({ name: `${letter}${this.#next(letter)}`, type, nets: [...nets], values: sizes });
  }

  net(): string {
    return `net${this.#next("net")}`;
  }

  /** The next port of a kind: `VB1`, `VB2`, … */
  port(kind: string): string {
    const port = `${kind}${this.#next(kind)}`;
    this.#drawing.ports.add(port);
    return port;
  }

  /** Makes a net one with another, which keeps its name. */
  join(net: string, into: string): void {
    for (const device of this.#drawing.devices) device.nets = device.nets.map((old) => (old === net ? into : old));
  }

  toCircuit(name: string): Circuit {
    return new Circuit({ name, devices: this.#drawing.devices, ports: [...this.#drawing.ports] });
  }

  #next(kind: string): number {
    const count = (this.#drawing.counts.get(kind) ?? 0) + 1;
    this.#drawing.counts.set(kind, count);
    return count;
  }
}
