import { distinct, TEXTBOOK_DEPARTURES } from "@topogenie/building-blocks";
import type { SeedTopology } from "@topogenie/core";
import { amplifierSeeds } from "./seeds/amplifier-seeds.js";
import { bipolarSeeds } from "./seeds/bipolar-seeds.js";
import { mirrorSeeds } from "./seeds/mirror-seeds.js";

/**
 * Every seed topology, composed from building blocks; always the same ones in the same order.
 *
 * @param departures most choices in which a seed may differ from the plain form of its structure
 */
export function* seeds(departures = TEXTBOOK_DEPARTURES): Generator<SeedTopology> {
  for (const draw of [amplifierSeeds, mirrorSeeds, bipolarSeeds]) yield* distinct(draw(departures));
}
