import { TEXTBOOK_DEPARTURES, distinct } from "@topogenie/building-blocks";
import type { SeedTopology } from "@topogenie/core";
import { differentialSeeds } from "./seeds/differential-seeds.js";
import { pushPullSeeds } from "./seeds/push-pull-seeds.js";
import { singleEndedSeeds } from "./seeds/single-ended-seeds.js";

export const FEWEST_DEVICES = 3;
export const MOST_DEVICES = 28;

/**
 * Every seed topology, composed from building blocks; always the same ones in the same order.
 *
 * @param limit the most choices in which a seed may differ from the plain form of its structure
 */
export function* seeds(limit = TEXTBOOK_DEPARTURES): Generator<SeedTopology> {
  yield* distinct(drawAll(limit));
}

function* drawAll(limit: number): Generator<SeedTopology> {
  for (const draw of [singleEndedSeeds, differentialSeeds, pushPullSeeds]) {
    for (const seed of draw(limit)) if (seed.circuit.devices.length >= FEWEST_DEVICES) yield seed;
  }
}
