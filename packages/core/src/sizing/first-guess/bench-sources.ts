import { GROUND, type DeckElement } from "../../contracts/deck.js";
import type { BiasVariable } from "../../contracts/circuit-family.js";

/** What a bias variable of the bench does to the circuit. */
export interface BiasSource {
  readonly variable: BiasVariable;
  readonly element: DeckElement;
  /** Nodes whose voltage moves with it, its own first: also through series sources, coils, and resistors that feed gates alone. */
  readonly followers: readonly string[];
}

/** Nodes that voltage sources, real or controlled, hold against ground or each other. Ground among them. */
export function heldNodes(elements: readonly DeckElement[]): ReadonlySet<string> {
  return new Set([
    GROUND,
    ...elements.flatMap(({ kind, nodes }) => (kind === "voltage" || kind === "vcvs" ? nodes.slice(0, 2) : [])),
  ]);
}

export function biasSources(elements: readonly DeckElement[], variables: readonly BiasVariable[]): readonly BiasSource[] {
  const byName = new Map(elements.map((element) => [element.name, element]));
  const channels = new Set(
    elements.flatMap(({ kind, nodes: [drain = "", , source = ""] }) => (kind === "mosfet" ? [drain, source] : [])),
  );
  return variables.flatMap((variable) => {
    const element = byName.get((variable.sets[0] ?? "").replace(/\.dc$/, ""));
    if (element?.kind !== "voltage" && element?.kind !== "current") return [];
    const start = element.nodes.find((node) => node !== GROUND) ?? GROUND;
    return [{ variable, element, followers: element.kind === "current" ? [] : followers(start, element, elements, channels) }];
  });
}

function followers(
  start: string,
  source: DeckElement,
  elements: readonly DeckElement[],
  channels: ReadonlySet<string>,
): readonly string[] {
  const reached = [start];
  for (const node of reached) {
    for (const element of elements) {
      if (element === source) continue;
      const [first = GROUND, second = GROUND] = element.nodes;
      const other = node === first ? second : node === second ? first : undefined;
      if (other === undefined || other === GROUND || reached.includes(other)) continue;
      const stiff = element.kind === "voltage" || element.kind === "vcvs" || element.kind === "inductor";
      if (stiff || (element.kind === "resistor" && !channels.has(other))) reached.push(other);
    }
  }
  return reached;
}
