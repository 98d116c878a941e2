import type { Deck, DeckElement, ElementKind } from "@topogenie/core";
import { ComplexSystem } from "./complex-lu.js";

export const linearElements: readonly ElementKind[] = ["resistor", "capacitor", "inductor", "voltage", "current", "vcvs", "vccs"];

/** Elements whose current is an unknown of its own. */
const withBranch = new Set<ElementKind>(["voltage", "vcvs", "inductor"]);

/** What a solution holds: phasors, or at frequency 0 the operating point in the real parts. */
export interface Phasors {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** The equations of a deck by modified nodal analysis (Ho, Ruehli and Brennan, IEEE Transactions on Circuits and Systems 22, 1975). */
export class LinearNetwork {
  /** Node names, in the order of the unknowns. */
  readonly nodes: readonly string[];
  /** Names of the elements whose current is an unknown, which follow the nodes. */
  readonly branches: readonly string[];
  readonly #elements: readonly DeckElement[];
  readonly #index: ReadonlyMap<string, number>;
  readonly #branchIndex: ReadonlyMap<string, number>;
  readonly #system: ComplexSystem;

  constructor({ elements }: Deck) {
    this.#elements = elements;
    this.nodes = [...new Set(elements.flatMap(({ nodes }) => nodes))].filter((node) => node !== "0");
    this.branches = elements.filter(({ kind }) => withBranch.has(kind)).map(({ name }) => name);
    this.#index = new Map(this.nodes.map((node, index) => [node, index]));
    this.#branchIndex = new Map(this.branches.map((name, index) => [name, this.nodes.length + index]));
    this.#system = new ComplexSystem(this.nodes.length + this.branches.length);
  }

  /** Where a node or, as `i(name)`, a branch stands among the unknowns; undefined when it is neither. */
  unknown(name: string): number | undefined {
    const branch = /^i\((.*)\)$/.exec(name)?.[1];
    return branch === undefined ? this.#index.get(name) : this.#branchIndex.get(branch);
  }

  /**
   * Node voltages and branch currents, or the name of the unknown that nothing determines.
   * @param value of an element, by `element.value`; 0 for what a deck leaves out
   * @param omega radians a second; undefined for the operating point, in which sources have their dc values
   */
  solve(value: (key: string) => number, omega?: number): Phasors | string {
    const system = this.#system;
    system.clear();
    for (const element of this.#elements) this.#stamp(element, value, omega);
    const failed = system.solve();
    if (failed >= 0) return this.nodes[failed] ?? `i(${this.branches[failed - this.nodes.length] ?? ""})`;
    return { re: system.rhsRe, im: system.rhsIm };
  }

  #stamp({ kind, name, nodes }: DeckElement, value: (key: string) => number, omega: number | undefined): void {
    const system = this.#system;
    const [a = -1, b = -1, c = -1, d = -1] = nodes.map((node) => this.#index.get(node) ?? -1);
    const branch = this.#branchIndex.get(name) ?? -1;
    const of = (what: string): number => value(`${name}.${what}`);
    const admit = (re: number, im = 0): void => {
      system.add(a, a, re, im);
      system.add(b, b, re, im);
      system.add(a, b, -re, -im);
      system.add(b, a, -re, -im);
    };
    if (branch >= 0) {
      // The branch's current leaves the first node, and its row says what holds between the two.
      system.add(a, branch, 1);
      system.add(b, branch, -1);
      system.add(branch, a, 1);
      system.add(branch, b, -1);
    }
    const phase = (of("acphase") * Math.PI) / 180;
    const [re, im] = omega === undefined ? [of("dc"), 0] : [of("acmag") * Math.cos(phase), of("acmag") * Math.sin(phase)];
    switch (kind) {
      case "resistor":
        return admit(1 / of("r"));
      case "capacitor":
        return admit(0, (omega ?? 0) * of("c"));
      case "inductor":
        return system.add(branch, branch, 0, -(omega ?? 0) * of("l"));
      case "voltage":
        return system.addRight(branch, re, im);
      case "current":
        system.addRight(a, -re, -im);
        return system.addRight(b, re, im);
      case "vcvs":
        system.add(branch, c, -of("gain"));
        return system.add(branch, d, of("gain"));
      case "vccs":
        system.add(a, c, of("gain"));
        system.add(a, d, -of("gain"));
        system.add(b, c, -of("gain"));
        return system.add(b, d, of("gain"));
      default:
        throw new TypeError(`A ${kind} is not linear.`);
    }
  }
}
