import type { Schematic } from "../schematic.js";
import type { Bias, BiasLevel } from "./bias.js";
import { drawReference, type Reference } from "./current-reference.js";

export const cascodeGenerators = ["diode", "sooch"] as const;
/** `diode`: one long diode-connected device; `sooch`: a diode-connected device above a triode one with a common gate. */
export type CascodeGenerator = (typeof cascodeGenerators)[number];

export const cascodeGeneratorCitations: Readonly<Record<CascodeGenerator, string>> = {
  diode: "Carusone, Johns, Martin, Analog Integrated Circuit Design, ch. 6 (wide-swing current mirrors)",
  sooch: "Sooch, MOS cascode current mirror, US patent 4,550,284 (1985)",
};

/** Every level is made inside the circuit from one reference current through mirrors and diode-connected devices. */
export class MirrorBias implements Bias {
  readonly #view: Schematic;
  readonly #reference: Reference;
  readonly #cascode: CascodeGenerator;
  readonly #nets = new Map<string, string>();

  /** @param view the view on whose low rail the reference branch stands */
  constructor(view: Schematic, reference: Reference, cascode: CascodeGenerator) {
    this.#view = view;
    this.#reference = reference;
    this.#cascode = cascode;
  }

  level(view: Schematic, level: BiasLevel): string {
    const key = `${view.low}/${level}`;
    const known = this.#nets.get(key);
    if (known !== undefined) return known;
    const net = this.#draw(view, level);
    this.#nets.set(key, net);
    return net;
  }

  #draw(view: Schematic, level: BiasLevel): string {
    if (level === "source") return this.#drawSource(view);
    const gate = view.net();
    view.p(gate, this.level(view.mirror, "source"), view.high);
    if (level === "stack") {
      const middle = view.net();
      view.n(gate, gate, middle);
      view.n(middle, middle, view.low);
    } else if (this.#cascode === "diode") {
      view.n(gate, gate, view.low);
    } else {
      const middle = view.net();
      view.n(gate, gate, middle);
      view.n(middle, gate, view.low);
    }
    return gate;
  }

  #drawSource(view: Schematic): string {
    if (view.low === this.#view.low) {
      const { low, high } = drawReference(this.#view, this.#reference);
      if (high !== undefined) this.#nets.set(`${this.#view.high}/source`, high);
      return low;
    }
    const reference = this.level(this.#view, "source");
    const drawnWithIt = this.#nets.get(`${view.low}/source`);
    if (drawnWithIt !== undefined) return drawnWithIt;
    const gate = view.net();
    view.p(gate, reference, view.high);
    view.n(gate, gate, view.low);
    return gate;
  }
}
