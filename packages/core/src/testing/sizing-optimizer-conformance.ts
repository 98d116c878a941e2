import type { SizingOptimizer } from "../contracts/sizing-optimizer.js";
import { behaviour, type ConformanceCheck } from "./conformance-check.js";
import { asking } from "./sizing-optimizer/asking.js";
import { endurance } from "./sizing-optimizer/endurance.js";
import { learning } from "./sizing-optimizer/learning.js";
import { reachingFronts } from "./sizing-optimizer/pareto-fronts.js";
import { reachingOptima } from "./sizing-optimizer/published-optima.js";
import { repeating } from "./sizing-optimizer/repeating.js";
import { resuming } from "./sizing-optimizer/resuming.js";
import { telling } from "./sizing-optimizer/telling.js";

/** What every sizing optimizer must do, for a plugin's own tests. What applies follows from its capabilities. */
export function sizingOptimizerConformance(create: () => SizingOptimizer): readonly ConformanceCheck[] {
  const { learns, multiObjective } = create().capabilities();
  return [
    ...behaviour("sizing-optimizer", "asking", asking(create)),
    ...behaviour("sizing-optimizer", "repeating", repeating(create)),
    ...behaviour("sizing-optimizer", "resuming", resuming(create)),
    ...behaviour("sizing-optimizer", "telling", telling(create)),
    ...behaviour("sizing-optimizer", "learning", learning(create)),
    ...behaviour("sizing-optimizer", "endurance", endurance(create)),
    ...behaviour("sizing-optimizer", "published-optima", reachingOptima(create)),
    ...behaviour("sizing-optimizer", "pareto-fronts", learns && multiObjective ? reachingFronts(create) : []),
  ];
}
