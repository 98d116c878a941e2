import { distinct } from "@topogenie/building-blocks";
import type { SeedTopology } from "@topogenie/core";
import { differentialSeeds } from "./seeds/differential-seeds.js";
import { pushPullSeeds } from "./seeds/push-pull-seeds.js";
import { singleEndedSeeds } from "./seeds/single-ended-seeds.js";

export const FEWEST_DEVICES = 3;
export const MOST_DEVICES = 28;

/** Every seed topology, composed from building blocks; always the same ones in the same order. */
export function* seeds(): Generator<SeedTopology> {
  yield* distinct(drawAll());
}

function* drawAll(): Generator<SeedTopology> {
  for (const draw of [singleEndedSeeds, differentialSeeds, pushPullSeeds]) {
    for (const seed of draw()) if (seed.circuit.devices.length >= FEWEST_DEVICES) yield seed;
  }
}
