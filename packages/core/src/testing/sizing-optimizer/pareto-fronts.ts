import type { SizingOptimizer } from "../../contracts/sizing-optimizer.js";
import { createRng } from "../../runtime/rng.js";
import { promise, type BehaviourCheck } from "../conformance-check.js";
import { zdt1, zdt2, zdt3 } from "./multi-objective-functions.js";
import { described, drive } from "./optimization-run.js";
import { evaluateAt } from "./published-functions.js";

const SEEDS = [1, 2, 3];
const BUDGET = 10_000;
const TOLERANCE = 0.02;

/**
 * The published fronts, by the inverted generational distance (Coello Coello and Reyes Sierra, MICAI 2004): the mean distance
 * from a point of the front to the nearest that was tried.
 */
export function reachingFronts(create: () => SizingOptimizer): readonly BehaviourCheck[] {
  return [zdt1(10), zdt2(10), zdt3(10)].map((problem) => ({
    name: `reaches the published front of ${problem.name} within ${TOLERANCE} in ${BUDGET} evaluations (median of three seeds)`,
    run: () => {
      const distances = SEEDS.map((seed) => {
        const found: (readonly number[])[] = [];
        drive(create().start(described(problem, BUDGET), createRng(seed)), problem, BUDGET, [20], (candidates) =>
          found.push(...candidates.map(({ id, x }) => evaluateAt(problem, id, x).objectives)),
        );
        return problem.front.reduce((sum, point) => sum + distance(point, found), 0) / problem.front.length;
      }).sort((a, b) => a - b);
      promise(
        (distances[1] ?? Infinity) <= TOLERANCE,
        `distances: ${distances.map((distance) => distance.toPrecision(3)).join(", ")}`,
      );
    },
  }));
}

function distance([a, b]: readonly [number, number], found: readonly (readonly number[])[]): number {
  let least = Infinity;
  for (const [c = 0, d = 0] of found) least = Math.min(least, (a - c) ** 2 + (b - d) ** 2);
  return Math.sqrt(least);
}
