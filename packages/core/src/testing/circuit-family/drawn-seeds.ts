import type { CircuitFamily, SeedTopology } from "../../contracts/circuit-family.js";

/** A family's seeds, drawn when first asked for: to draw thousands and tell them apart takes longer than most checks of them. */
export type DrawnSeeds = () => readonly SeedTopology[];

export function drawnSeeds(family: CircuitFamily): DrawnSeeds {
  let drawn: readonly SeedTopology[] | undefined;
  return () => (drawn ??= [...family.seeds()]);
}
