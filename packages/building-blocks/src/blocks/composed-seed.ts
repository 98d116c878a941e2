import type { SeedTopology } from "@topogenie/core";
import type { Schematic } from "../schematic.js";

/** A seed from a drawing and the parts of its title and citation; empty and missing ones are left out. */
export function composedSeed(
  drawing: Schematic,
  name: string,
  titles: readonly string[],
  citations: readonly (string | undefined)[],
): SeedTopology {
  return {
    circuit: drawing.toCircuit(name),
    title: titles.filter((title) => title !== "").join(", "),
    citation: [...new Set(citations.filter((citation) => citation !== undefined))].join("; "),
  };
}
