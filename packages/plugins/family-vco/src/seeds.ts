import { TEXTBOOK_DEPARTURES, distinct } from "@topogenie/building-blocks";
import type { SeedTopology } from "@topogenie/core";
import { crossCoupledSeeds } from "./seeds/cross-coupled-seeds.js";
import { differentialRingSeeds } from "./seeds/differential-ring-seeds.js";
import { quadratureSeeds } from "./seeds/quadrature-seeds.js";
import { relaxationSeeds } from "./seeds/relaxation-seeds.js";
import { ringSeeds } from "./seeds/ring-seeds.js";
import { threePointSeeds } from "./seeds/three-point-seeds.js";

export const FEWEST_DEVICES = 6;
export const MOST_DEVICES = 40;

/**
 * Every seed topology, composed from building blocks; always the same ones in the same order.
 *
 * @param limit the most choices in which a seed may differ from the plain form of its structure
 */
export function* seeds(limit = TEXTBOOK_DEPARTURES): Generator<SeedTopology> {
  yield* distinct(drawAll(limit));
}

function* drawAll(limit: number): Generator<SeedTopology> {
  for (const draw of [ringSeeds, differentialRingSeeds, crossCoupledSeeds, threePointSeeds, quadratureSeeds, relaxationSeeds]) {
    yield* draw(limit);
  }
}
