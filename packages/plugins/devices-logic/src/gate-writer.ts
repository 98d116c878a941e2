import type { DeckElement } from "@topogenie/core";
import { logicNmosCard, logicPmosCard } from "./logic-cards.js";

const LENGTH = 0.18e-6;
const NMOS_WIDTH = 1e-6;
const PMOS_WIDTH = 2.5e-6;

/** Builds CMOS gates out of transistors, between the block's own supply pins. Internal nodes and elements carry its name. */
export class GateWriter {
  readonly elements: DeckElement[] = [];
  readonly #name: string;
  readonly #vdd: string;
  readonly #vss: string;
  #nodes = 0;

  constructor(name: string, vdd: string, vss: string) {
    this.#name = name;
    this.#vdd = vdd;
    this.#vss = vss;
  }

  /** A new internal node. */
  node(): string {
    return `${this.#name}_x${++this.#nodes}`;
  }

  nmos(drain: string, gate: string, source: string, width = NMOS_WIDTH): void {
    this.#transistor("n", logicNmosCard.name, [drain, gate, source, this.#vss], width);
  }

  pmos(drain: string, gate: string, source: string, width = PMOS_WIDTH): void {
    this.#transistor("p", logicPmosCard.name, [drain, gate, source, this.#vdd], width);
  }

  inverter(input: string, output = this.node()): string {
    this.pmos(output, input, this.#vdd);
    this.nmos(output, input, this.#vss);
    return output;
  }

  /** NAND of any number of inputs. */
  nand(inputs: readonly string[], output = this.node()): string {
    let below = this.#vss;
    inputs.forEach((input, index) => {
      const above = index === inputs.length - 1 ? output : this.node();
      // A stack of n transistors drives like one when each is n times as wide.
      this.nmos(above, input, below, NMOS_WIDTH * inputs.length);
      this.pmos(output, input, this.#vdd);
      below = above;
    });
    return output;
  }

  #transistor(letter: string, model: string, nodes: readonly string[], w: number): void {
    const name = `${this.#name}_${letter}${this.elements.length + 1}`;
    this.elements.push({ kind: "mosfet", name, nodes, model, values: { w, l: LENGTH } });
  }
}
