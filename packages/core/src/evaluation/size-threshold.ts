import { hasPassed } from "../verification/ladder.js";
import type { EvaluatedAttempt } from "./evaluated-attempt.js";
import { share, type Share } from "./share.js";

/** How many circuits of a range of sizes are simulatable. */
export interface SizeClass {
  readonly from: number;
  readonly to: number;
  readonly simulatable: Share;
}

/** From so many devices on validity is lower: the two intervals do not meet. */
export interface SizeThreshold {
  readonly devices: number;
  readonly below: Share;
  readonly fromThere: Share;
}

const CLASS_WIDTH = 10;
/** A side of the threshold with fewer circuits says nothing. */
const FEWEST = 5;

/** Classes of ten device counts; attempts that decoded to no circuit have no size and are in none. */
export function validityBySize(attempts: readonly EvaluatedAttempt[]): SizeClass[] {
  const classes = new Map<number, { count: number; of: number }>();
  for (const attempt of attempts) {
    if (attempt.deviceCount === undefined) continue;
    const from = Math.floor(attempt.deviceCount / CLASS_WIDTH) * CLASS_WIDTH;
    const found = classes.get(from) ?? { count: 0, of: 0 };
    classes.set(from, { count: found.count + Number(hasPassed(attempt, "simulatable")), of: found.of + 1 });
  }
  return [...classes]
    .sort(([a], [b]) => a - b)
    .map(([from, { count, of }]) => ({ from, to: from + CLASS_WIDTH - 1, simulatable: share(count, of) }));
}

/**
 * The device count from which on circuits are simulatable less often, where the likelihood of two shares instead of one is the
 * greatest. Undefined where there is no count whose two Wilson intervals lie apart.
 */
export function sizeThreshold(attempts: readonly EvaluatedAttempt[]): SizeThreshold | undefined {
  const sized = attempts.flatMap((attempt) =>
    attempt.deviceCount === undefined ? [] : [{ devices: attempt.deviceCount, passed: hasPassed(attempt, "simulatable") }],
  );
  const count = (some: typeof sized): Share => share(some.filter(({ passed }) => passed).length, some.length);
  let best: { readonly likelihood: number; readonly threshold: SizeThreshold } | undefined;
  for (const devices of [...new Set(sized.map((one) => one.devices))].sort((a, b) => a - b)) {
    const below = count(sized.filter((one) => one.devices < devices));
    const fromThere = count(sized.filter((one) => one.devices >= devices));
    if (below.of < FEWEST || fromThere.of < FEWEST || fromThere.high >= below.low) continue;
    const likelihood = logLikelihood(below) + logLikelihood(fromThere);
    if (best === undefined || likelihood > best.likelihood) best = { likelihood, threshold: { devices, below, fromThere } };
  }
  return best?.threshold;
}

function logLikelihood({ count, of }: Share): number {
  const term = (some: number): number => (some === 0 ? 0 : some * Math.log(some / of));
  return term(count) + term(of - count);
}
