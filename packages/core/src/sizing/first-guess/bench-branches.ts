import { GROUND, type DeckElement } from "../../contracts/deck.js";
import type { CircuitElements } from "../../spice/device-under-test.js";
import type { BiasSource } from "./bench-sources.js";
import type { GuessedTransistor } from "./bench-transistors.js";
import type { Branch } from "./branch-currents.js";

/**
 * The paths of direct current of a bench, named as their elements: channels, bipolars, diodes, current sources, and
 * resistors of the circuit that stand on a rail, so that the direction of their current is known. Coils are wires.
 */
export function benchBranches(
  elements: readonly DeckElement[],
  dut: CircuitElements,
  supply: string,
  transistors: readonly GuessedTransistor[],
  biases: readonly BiasSource[],
  held: ReadonlySet<string>,
): readonly Branch[] {
  const wire = wires(elements, held);
  const chosen = new Set(biases.map(({ element }) => element.name));
  const guessed = new Map(transistors.map((transistor) => [transistor.element, transistor]));
  const types = new Map(dut.models.map(({ name, type }) => [name, type]));
  const own = new Set(dut.elements.map(({ name }) => name));
  return elements.flatMap((element): Branch[] => {
    const { kind, name, model = "" } = element;
    const [first = GROUND, second = GROUND, third = GROUND] = element.nodes;
    const branch = (from: string, to: string, fixed?: number): Branch[] =>
      wire(from) === wire(to) ? [] : [{ name, from: wire(from), to: wire(to), ...(fixed === undefined ? {} : { fixed }) }];
    const transistor = guessed.get(name);
    if (transistor !== undefined) {
      const { up, drain, source } = transistor;
      return up === 1 ? branch(drain, source) : branch(source, drain);
    }
    switch (kind) {
      case "mosfet":
      case "bipolar":
        return types.get(model) === "nmos" || types.get(model) === "npn" ? branch(first, third) : branch(third, first);
      case "diode":
        return branch(first, second);
      case "current":
        return chosen.has(name) ? branch(first, second) : branch(first, second, element.values.dc ?? 0);
      case "resistor":
        if (!own.has(name)) return [];
        if (first === supply || second === GROUND) return branch(first, second);
        return second === supply || first === GROUND ? branch(second, first) : [];
      default:
        return [];
    }
  });
}

/** What a node is called once coils are wires. */
function wires(elements: readonly DeckElement[], held: ReadonlySet<string>): (node: string) => string {
  const parent = new Map<string, string>();
  const root = (node: string): string => {
    const above = parent.get(node);
    return above === undefined ? node : root(above);
  };
  for (const { kind, nodes } of elements) {
    const [first = GROUND, second = GROUND] = nodes.map(root);
    if (kind !== "inductor" || first === second || (held.has(first) && held.has(second))) continue;
    // What is held keeps its name, so that it is still known as such.
    if (held.has(first)) parent.set(second, first);
    else parent.set(first, second);
  }
  return root;
}
