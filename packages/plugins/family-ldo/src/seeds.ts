import type { SeedTopology } from "@topogenie/core";
import { amplifierSeeds } from "./seeds/amplifier-seeds.js";
import { flippedFollowerSeeds } from "./seeds/flipped-follower-seeds.js";

/** Every seed topology, composed from building blocks; always the same ones in the same order. */
export function* seeds(): Generator<SeedTopology> {
  yield* amplifierSeeds();
  yield* flippedFollowerSeeds();
}
