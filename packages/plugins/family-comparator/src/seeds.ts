import { distinct, TEXTBOOK_DEPARTURES } from "@topogenie/building-blocks";
import type { SeedTopology } from "@topogenie/core";
import { clockedSeeds } from "./seeds/clocked-seeds.js";
import { continuousSeeds } from "./seeds/continuous-seeds.js";

/**
 * Every seed topology, composed from building blocks; always the same ones in the same order.
 *
 * @param departures most choices in which a seed may differ from the plain form of its structure
 */
export function* seeds(departures = TEXTBOOK_DEPARTURES): Generator<SeedTopology> {
  yield* distinct(clockedSeeds(departures));
  yield* distinct(continuousSeeds(departures));
}
