import { GROUND, type DeckElement } from "@topogenie/core";

/** Node between a coil and its winding resistance. */
export function windingNode(coil: string): string {
  return `${coil}_coil`;
}

/**
 * Gives every inductor a winding resistance in series. An ideal coil would give resonators without loss and amplifiers
 * without the noise of their matching networks; it would also short sources for direct current.
 */
export function withWindings(elements: readonly DeckElement[], ohms: number): readonly DeckElement[] {
  return elements.flatMap((element): DeckElement[] => {
    const [plus = GROUND, minus = GROUND] = element.nodes;
    if (element.kind !== "inductor") return [element];
    const inner = windingNode(element.name);
    return [
      { ...element, nodes: [plus, inner] },
      { kind: "resistor", name: `${element.name}_winding`, nodes: [inner, minus], values: { r: ohms } },
    ];
  });
}
