import { TEXTBOOK_DEPARTURES, distinct } from "@topogenie/building-blocks";
import type { SeedTopology } from "@topogenie/core";
import { activeSeeds } from "./seeds/active-seeds.js";
import { passiveSeeds } from "./seeds/passive-seeds.js";
import { unbalancedSeeds } from "./seeds/unbalanced-seeds.js";

export const FEWEST_DEVICES = 3;
export const MOST_DEVICES = 16;

/**
 * Every seed topology, composed from building blocks; always the same ones in the same order.
 *
 * @param limit the most choices in which a seed may differ from the plain form of its structure
 */
export function* seeds(limit = TEXTBOOK_DEPARTURES): Generator<SeedTopology> {
  yield* distinct(drawAll(limit));
}

function* drawAll(limit: number): Generator<SeedTopology> {
  for (const draw of [activeSeeds, passiveSeeds, unbalancedSeeds]) yield* draw(limit);
}
