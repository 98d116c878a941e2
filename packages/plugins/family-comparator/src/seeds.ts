import type { SeedTopology } from "@topogenie/core";
import { clockedSeeds } from "./seeds/clocked-seeds.js";
import { continuousSeeds } from "./seeds/continuous-seeds.js";

/** Every seed topology, composed from building blocks; always the same ones in the same order. */
export function* seeds(): Generator<SeedTopology> {
  yield* clockedSeeds();
  yield* continuousSeeds();
}
