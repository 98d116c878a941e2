import { Circuit } from "../circuit/circuit.js";
import { comparePorts } from "../circuit/ports.js";
import type { Rng } from "../runtime/rng.js";
import type { BlockLibrary, Outline, Terminal } from "./block-library.js";

/** Share of what a net wants and another net already has that is joined to it instead of being drawn anew. */
const JOINED = 0.5;
/** Devices of a circuit at most, over those of the circuit whose ports it has. */
const LARGEST = 2;

interface Net {
  readonly port: string | undefined;
  /** What the blocks that touch it show. */
  readonly faces: Set<string>;
  /** What those blocks were joined to where they come from, and is not here yet. */
  readonly wanted: Set<string>;
  /** Blocks that touch it, by number. */
  readonly blocks: Set<number>;
}

/**
 * A circuit put together from whole blocks by chance: the plain baseline of a generator, which learns nothing. It draws the ports of
 * a circuit of the library, and for each port that is not there yet a block that has it. Each net of a block is joined to what the
 * block was joined to in its own circuit: to blocks drawn by chance that show the same kinds of pins there, or to a net that is
 * there and fits. Once it is as large as the circuit whose ports it has, it is closed: nets that two blocks share are left as they
 * are, the others are joined where they can be, and else those blocks are drawn that leave the fewest nets open. At twice that size
 * nothing is added any more, and what is then lacking shows as a broken rule.
 */
export function composeCircuit(library: BlockLibrary, name: string, rng: Rng): Circuit {
  const outline = library.outlines[rng.integer(Math.max(1, library.outlines.length))];
  return new Composition(library, outline ?? { ports: [], devices: 0 }, rng).compose(name);
}

class Composition {
  readonly #library: BlockLibrary;
  readonly #outline: Outline;
  readonly #rng: Rng;
  readonly #nets: Net[] = [];
  readonly #devices: { readonly type: string; readonly nets: Net[] }[] = [];
  #blocks = 0;

  constructor(library: BlockLibrary, outline: Outline, rng: Rng) {
    this.#library = library;
    this.#outline = outline;
    this.#rng = rng;
  }

  compose(name: string): Circuit {
    for (const port of this.#rng.shuffle(this.#outline.ports)) {
      if (this.#nets.some((net) => net.port === port)) continue;
      const terminal = this.#draw(port, undefined, () => true);
      if (terminal !== undefined) this.#place(terminal, undefined);
      this.#satisfy();
    }
    return this.#circuit(name);
  }

  /** Joins what nets want, oldest net first. */
  #satisfy(): void {
    for (;;) {
      const net = this.#nets.find(({ wanted, blocks }) => wanted.size > 0 && !(this.#isLarge && blocks.size > 1));
      if (net === undefined) return;
      const [face = ""] = net.wanted;
      const partner = this.#isLarge || this.#rng.uniform() < JOINED ? this.#partner(net, face) : undefined;
      if (partner !== undefined) {
        this.#join(net, partner);
        continue;
      }
      const isSeen = ({ block, net: index }: Terminal): boolean =>
        block.nets[index]?.others.some((other) => net.faces.has(other)) === true;
      const terminal = this.#draw(net.port, face, isSeen) ?? this.#draw(net.port, face, () => true);
      net.wanted.delete(face);
      if (terminal !== undefined) this.#place(terminal, net);
    }
  }

  get #isLarge(): boolean {
    return this.#devices.length >= this.#outline.devices;
  }

  /** A terminal, drawn by chance, of a block whose ports are all among those drawn; undefined when none fits or finds room. */
  #draw(port: string | undefined, face: string | undefined, fits: (terminal: Terminal) => boolean): Terminal | undefined {
    const { ports, devices: size } = this.#outline;
    const room = LARGEST * size - this.#devices.length;
    const found = this.#library.terminals(port, face).filter((terminal) => {
      const { devices, ports: own } = terminal.block;
      return devices.length <= room && own.every((name) => ports.includes(name)) && fits(terminal);
    });
    const fewest = this.#isLarge ? found.reduce((least, { block }) => Math.min(least, block.openNets), Infinity) : Infinity;
    const chosen = found.filter(({ block }) => block.openNets <= fewest);
    return chosen.length === 0 ? undefined : chosen[this.#rng.integer(chosen.length)];
  }

  /** Another net within the circuit that shows the face, wants one of this net's, and shares no block with it. */
  #partner(net: Net, face: string): Net | undefined {
    if (net.port !== undefined) return undefined;
    const found = this.#nets.filter(
      (other) =>
        other !== net &&
        other.port === undefined &&
        other.faces.has(face) &&
        [...other.wanted].some((wanted) => net.faces.has(wanted)) &&
        ![...other.blocks].some((block) => net.blocks.has(block)),
    );
    return found.length === 0 ? undefined : found[this.#rng.integer(found.length)];
  }

  #join(net: Net, other: Net): void {
    this.#nets.splice(this.#nets.indexOf(other), 1);
    for (const { nets } of this.#devices) {
      nets.forEach((own, pin) => {
        if (own === other) nets[pin] = net;
      });
    }
    for (const block of other.blocks) net.blocks.add(block);
    this.#touch(net, [...other.faces], [...other.wanted]);
  }

  /** @param net where the terminal goes; undefined for a net of its own, or that of its port */
  #place({ block, net: index }: Terminal, net: Net | undefined): void {
    const number = this.#blocks++;
    const nets = block.nets.map(({ port, face, others }, own) => {
      const at = own === index && net !== undefined ? net : this.#netFor(port);
      at.blocks.add(number);
      this.#touch(at, [face], others);
      return at;
    });
    for (const { type, nets: own } of block.devices) this.#devices.push({ type, nets: own.map((at) => nets[at] as Net) });
  }

  #netFor(port: string | undefined): Net {
    const known = port === undefined ? undefined : this.#nets.find((net) => net.port === port);
    if (known !== undefined) return known;
    const net: Net = { port, faces: new Set(), wanted: new Set(), blocks: new Set() };
    this.#nets.push(net);
    return net;
  }

  #touch(net: Net, faces: readonly string[], wanted: readonly string[]): void {
    for (const face of faces) {
      net.faces.add(face);
      net.wanted.delete(face);
    }
    for (const face of wanted) if (!net.faces.has(face)) net.wanted.add(face);
  }

  #circuit(name: string): Circuit {
    const names = new Map(this.#nets.map((net, index) => [net, net.port ?? `net${index + 1}`]));
    return new Circuit({
      name,
      ports: this.#nets.flatMap(({ port }) => port ?? []).sort(comparePorts),
      devices: this.#devices.map(({ type, nets }, index) => ({
        name: `d${index + 1}`,
        type,
        nets: nets.map((net) => names.get(net) ?? ""),
      })),
    });
  }
}
