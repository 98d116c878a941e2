import type { SizingOptimizer } from "../contracts/sizing-optimizer.js";
import type { ConformanceCheck } from "./conformance-check.js";
import { asking } from "./sizing-optimizer/asking.js";
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
    ...asking(create),
    ...repeating(create),
    ...resuming(create),
    ...telling(create),
    ...learning(create),
    ...reachingOptima(create),
    ...(learns && multiObjective ? reachingFronts(create) : []),
  ];
}
