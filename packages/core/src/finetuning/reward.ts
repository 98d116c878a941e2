import type { CircuitFamily } from "../contracts/circuit-family.js";
import type { FunctionalOutcome } from "../evaluation/functional-rungs.js";
import { hasPassed, type Verdict } from "../verification/ladder.js";

/** An attempt with all that the ladder found out about it. */
export interface JudgedAttempt extends Verdict {
  readonly best?: FunctionalOutcome["best"];
}

/**
 * What each attempt is worth, by its number; those that are worth nothing are left out. A circuit that is valid, new and
 * functional is worth 1, one more if it is on spec, and one more if its figure of merit is among the better half of the round's
 * functional ones. Nothing that was seen before is worth anything: who repeats himself does not win.
 */
export function rewardsOf(
  attempts: readonly JudgedAttempt[],
  { better }: Pick<CircuitFamily["figureOfMerit"], "better">,
): ReadonlyMap<number, number> {
  const functional = attempts.filter((attempt) => hasPassed(attempt, "functional"));
  const figures = functional
    .flatMap(({ best }) => best?.figureOfMerit ?? [])
    .sort((a, b) => (better === "higher" ? b - a : a - b));
  const median = figures[Math.floor(figures.length / 2)];
  const isGood = (figure: number | undefined): boolean =>
    figure !== undefined && median !== undefined && (better === "higher" ? figure > median : figure < median);
  return new Map(
    functional.map((attempt) => [
      attempt.attempt,
      1 + Number(hasPassed(attempt, "on-spec")) + Number(isGood(attempt.best?.figureOfMerit)),
    ]),
  );
}
