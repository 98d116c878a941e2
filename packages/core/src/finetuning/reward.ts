import type { CircuitFamily } from "../contracts/circuit-family.js";
import type { FunctionalOutcome } from "../evaluation/functional-rungs.js";
import { hasPassed, type Verdict } from "../verification/ladder.js";

/** An attempt with all that the ladder found out about it. */
export interface JudgedAttempt extends Verdict {
  readonly best?: FunctionalOutcome["best"];
}

/** What an attempt must be worth to be a lesson. */
export const LESSON = 1;

/** Worth of a circuit that is valid and new, but does not do what its family is for: a step on the way. */
const VALID_AND_NEW = 0.25;

/**
 * What each attempt of a family is worth, by its number; those that are worth nothing are left out. Where function is judged, a
 * circuit that is valid, new and functional is worth 1, one more if it is on spec, and one more if its figure of merit is among
 * the better half of the round's functional ones; one that is only valid and new, a quarter. Where it is not judged, valid and
 * new is worth 1. Nothing that was seen before is worth anything: who repeats himself does not win.
 */
export function rewardsOf(
  attempts: readonly JudgedAttempt[],
  { better }: Pick<CircuitFamily["figureOfMerit"], "better">,
  judgesFunction: boolean,
): ReadonlyMap<number, number> {
  const isNew = attempts.filter((attempt) => hasPassed(attempt, "novel"));
  if (!judgesFunction) return new Map(isNew.map(({ attempt }) => [attempt, LESSON]));
  const functional = isNew.filter((attempt) => hasPassed(attempt, "functional"));
  const median = medianFigure(functional);
  const isGood = (figure: number | undefined): boolean =>
    figure !== undefined && median !== undefined && (better === "higher" ? figure > median : figure < median);
  return new Map(
    isNew.map((attempt) => [
      attempt.attempt,
      hasPassed(attempt, "functional")
        ? LESSON + Number(hasPassed(attempt, "on-spec")) + Number(isGood(attempt.best?.figureOfMerit))
        : VALID_AND_NEW,
    ]),
  );
}

/** Median figure of merit of the functional attempts; undefined when there is none. */
export function medianFigure(attempts: readonly JudgedAttempt[]): number | undefined {
  const figures = attempts
    .filter((attempt) => hasPassed(attempt, "functional"))
    .flatMap(({ best }) => best?.figureOfMerit ?? [])
    .sort((a, b) => a - b);
  return figures[Math.floor(figures.length / 2)];
}
