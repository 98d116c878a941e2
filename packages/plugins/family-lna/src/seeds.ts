import { distinct } from "@topogenie/building-blocks";
import type { SeedTopology } from "@topogenie/core";
import { bipolarSeeds } from "./seeds/bipolar-seeds.js";
import { commonGateSeeds } from "./seeds/common-gate-seeds.js";
import { degeneratedSeeds } from "./seeds/degenerated-seeds.js";
import { differentialSeeds } from "./seeds/differential-seeds.js";
import { feedbackSeeds } from "./seeds/feedback-seeds.js";
import { noiseCancellingSeeds } from "./seeds/noise-cancelling-seeds.js";

export const FEWEST_DEVICES = 3;
export const MOST_DEVICES = 21;

/** Every seed topology, composed from building blocks; always the same ones in the same order. */
export function* seeds(): Generator<SeedTopology> {
  yield* distinct(drawAll());
}

function* drawAll(): Generator<SeedTopology> {
  for (const draw of [degeneratedSeeds, commonGateSeeds, feedbackSeeds, noiseCancellingSeeds, differentialSeeds, bipolarSeeds]) {
    for (const seed of draw()) if (seed.circuit.devices.length >= FEWEST_DEVICES) yield seed;
  }
}
