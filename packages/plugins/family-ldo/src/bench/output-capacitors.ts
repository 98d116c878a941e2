import { GROUND, type DeckElement } from "@topogenie/core";

/** A capacitor through which the output gives its ripple to ground, and the current through which it is measured. */
export interface OutputCapacitor {
  readonly element: string;
  /** 0 V source in series with it. */
  readonly meter: string;
  /** Node that follows the voltage across it. */
  readonly voltage: string;
}

export interface MeteredElements {
  readonly elements: readonly DeckElement[];
  readonly capacitors: readonly OutputCapacitor[];
}

/**
 * The circuit's own capacitors that load the output: each one that, on one side, is joined to the output by nothing but
 * resistors and, on the other, to ground. They belong to the capacitance that the response-time figure asks for, and their
 * sizes are design variables, so a meter in series with each tells the capacitance in the simulation itself.
 */
export function meterOutputCapacitors(elements: readonly DeckElement[], output: string): MeteredElements {
  const capacitors: OutputCapacitor[] = [];
  const metered = elements.flatMap((element): DeckElement[] => {
    const [one = GROUND, other = GROUND] = element.nodes;
    if (element.kind !== "capacitor" || one === other) return [element];
    const joins = (a: string, b: string): boolean =>
      joinedByResistors(elements, a, output, GROUND) && joinedByResistors(elements, b, GROUND, output);
    if (!joins(one, other) && !joins(other, one)) return [element];
    const number = capacitors.length + 1;
    const [meter, voltage, inner] = [`tb_capacitor${number}`, `tb_volts${number}`, `tb_inner${number}`];
    capacitors.push({ element: element.name, meter, voltage });
    return [
      { ...element, nodes: [one, inner] },
      { kind: "voltage", name: meter, nodes: [inner, other], values: { dc: 0 } },
      { kind: "vcvs", name: voltage, nodes: [voltage, GROUND, one, inner], values: { gain: 1 } },
    ];
  });
  return { elements: metered, capacitors };
}

/** Whether resistors alone lead from a node to `goal` without passing `forbidden`. */
function joinedByResistors(elements: readonly DeckElement[], from: string, goal: string, forbidden: string): boolean {
  const seen = new Set([from]);
  const queue = [from];
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    if (node === goal) return true;
    if (node === forbidden) continue;
    for (const { kind, nodes } of elements) {
      if (kind !== "resistor" || !nodes.includes(node)) continue;
      for (const next of nodes) {
        if (seen.has(next)) continue;
        seen.add(next);
        queue.push(next);
      }
    }
  }
  return false;
}
