import type { CircuitFamily } from "../contracts/circuit-family.js";
import type { FunctionalOutcome } from "../evaluation/functional-rungs.js";
import { hasPassed, type RungName, type Verdict } from "../verification/ladder.js";

/** An attempt with all that the ladder found out about it. */
export interface JudgedAttempt extends Verdict {
  readonly best?: FunctionalOutcome["best"];
}

/** What an attempt must be worth to be a lesson. */
export const LESSON = 1;

/** Worth of a circuit that is valid, but not new or not functional. Old ones are worth no less than idle ones: they work. */
const VALID = 0.25;

/**
 * What each attempt of a family is worth, by its number; those that are worth nothing are left out. Where function is judged, a
 * circuit that is valid, new and functional is worth 1, one more if it is on spec, and one more if its figure of merit is among
 * the better half of the round's functional ones. One that is only valid is worth a quarter, and one that repeats another of the
 * same round, nothing: who repeats himself, or the corpus, does not win. Where function is not judged, valid and new is worth 1.
 */
export function rewardsOf(
  attempts: readonly JudgedAttempt[],
  { better }: Pick<CircuitFamily["figureOfMerit"], "better">,
  judgesFunction: boolean,
): ReadonlyMap<number, number> {
  const passed = (rung: RungName): readonly JudgedAttempt[] => attempts.filter((attempt) => hasPassed(attempt, rung));
  if (!judgesFunction) return new Map(passed("novel").map(({ attempt }) => [attempt, LESSON]));
  const functional = passed("functional");
  const median = medianFigure(functional);
  const isGood = (figure: number | undefined): boolean =>
    figure !== undefined && median !== undefined && (better === "higher" ? figure > median : figure < median);
  return new Map(
    passed("unique").map((attempt) => [
      attempt.attempt,
      hasPassed(attempt, "functional")
        ? LESSON + Number(hasPassed(attempt, "on-spec")) + Number(isGood(attempt.best?.figureOfMerit))
        : VALID,
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
