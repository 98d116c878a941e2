import type { SeedTopology } from "@topogenie/core";
import { amplifierSeeds } from "./seeds/amplifier-seeds.js";
import { bipolarSeeds } from "./seeds/bipolar-seeds.js";
import { mirrorSeeds } from "./seeds/mirror-seeds.js";

/** Every seed topology, composed from building blocks; always the same ones in the same order. */
export function* seeds(): Generator<SeedTopology> {
  yield* amplifierSeeds();
  yield* mirrorSeeds();
  yield* bipolarSeeds();
}
