import { TEXTBOOK_DEPARTURES } from "@topogenie/building-blocks";
import type { SeedTopology } from "@topogenie/core";
import { differentialSeeds } from "./seeds/differential-seeds.js";
import { singleEndedSeeds } from "./seeds/single-ended-seeds.js";

export const FEWEST_DEVICES = 5;
export const MOST_DEVICES = 45;

/**
 * Every seed topology, composed from building blocks; always the same ones in the same order.
 *
 * @param limit the most choices in which a seed may differ from the plain form of its structure
 */
export function* seeds(limit = TEXTBOOK_DEPARTURES): Generator<SeedTopology> {
  for (const draw of [singleEndedSeeds, differentialSeeds]) {
    for (const seed of draw(limit)) {
      const count = seed.circuit.devices.length;
      if (count >= FEWEST_DEVICES && count <= MOST_DEVICES) yield seed;
    }
  }
}
