import type { SeedTopology } from "@topogenie/core";
import { differentialSeeds } from "./seeds/differential-seeds.js";
import { singleEndedSeeds } from "./seeds/single-ended-seeds.js";

export const FEWEST_DEVICES = 5;
export const MOST_DEVICES = 45;

/** Every seed topology, composed from building blocks; always the same ones in the same order. */
export function* seeds(): Generator<SeedTopology> {
  for (const draw of [singleEndedSeeds, differentialSeeds]) {
    for (const seed of draw()) {
      const count = seed.circuit.devices.length;
      if (count >= FEWEST_DEVICES && count <= MOST_DEVICES) yield seed;
    }
  }
}
