import type { Schematic } from "../schematic.js";
import type { Bias, BiasLevel } from "./bias.js";

/** Every level is made from a gate line that the circuit has already, such as the mirror of a reference that feeds itself. */
export class SelfBias implements Bias {
  readonly #view: Schematic;
  readonly #gate: string;
  readonly #nets = new Map<string, string>();

  /** @param gate net that drives current sources standing on the low rail of `view` */
  constructor(view: Schematic, gate: string) {
    this.#view = view;
    this.#gate = gate;
  }

  level(view: Schematic, level: BiasLevel): string {
    if (level === "source" && view.low === this.#view.low) return this.#gate;
    const key = `${view.low}/${level}`;
    const known = this.#nets.get(key);
    if (known !== undefined) return known;
    const feed = this.level(view.mirror, "source");
    const net = view.net();
    view.p(net, feed, view.high);
    if (level === "stack") {
      const middle = view.net();
      view.n(net, net, middle);
      view.n(middle, middle, view.low);
    } else view.n(net, net, view.low);
    this.#nets.set(key, net);
    return net;
  }
}
