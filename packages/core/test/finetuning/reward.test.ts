import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rewardsOf, type JudgedAttempt } from "../../src/finetuning/reward.js";
import { rungNames } from "../../src/verification/ladder.js";

const attempt = fc.record({
  rung: fc.option(fc.constantFrom(...rungNames), { nil: undefined }),
  figureOfMerit: fc.option(fc.double({ min: 1, max: 1e6, noNaN: true }), { nil: undefined }),
});

const judged = (attempts: readonly { rung: (typeof rungNames)[number] | undefined; figureOfMerit: number | undefined }[]) =>
  attempts.map(({ rung, figureOfMerit }, index): JudgedAttempt => ({
    attempt: index,
    ...(rung === undefined ? {} : { failed: { rung, reason: "", message: "" } }),
    best: { measured: {}, simulations: 1, failedSimulations: 0, ...(figureOfMerit === undefined ? {} : { figureOfMerit }) },
  }));

describe("the reward", () => {
  it("is at least 1 for circuits that are valid, new and functional, and a quarter for those only valid", () => {
    fc.assert(
      fc.property(fc.array(attempt, { maxLength: 30 }), fc.constantFrom("higher" as const, "lower" as const), (given, better) => {
        const rewards = rewardsOf(judged(given), { better }, true);
        given.forEach(({ rung }, index) => {
          const isFunctional = rung === undefined || rung === "on-spec";
          expect(isFunctional ? [1, 2, 3] : rung === "functional" || rung === "novel" ? [0.25] : [undefined]).toContain(
            rewards.get(index),
          );
        });
      }),
    );
  });

  it("is 1 for all that is valid and new where function is not judged", () => {
    const given = judged([
      { rung: "unique", figureOfMerit: undefined },
      { rung: undefined, figureOfMerit: undefined },
    ]);
    expect([...rewardsOf(given, { better: "higher" }, false)]).toEqual([[1, 1]]);
  });

  it("is more for what meets the specification and for the better half by figure of merit", () => {
    const given = judged([
      { rung: "on-spec", figureOfMerit: 1 },
      { rung: "on-spec", figureOfMerit: 2 },
      { rung: undefined, figureOfMerit: 3 },
      { rung: "novel", figureOfMerit: 9 },
    ]);
    expect([...rewardsOf(given, { better: "higher" }, true)]).toEqual([
      [0, 1],
      [1, 1],
      [2, 3],
      [3, 0.25],
    ]);
    expect([...rewardsOf(given, { better: "lower" }, true)]).toEqual([
      [0, 2],
      [1, 1],
      [2, 2],
      [3, 0.25],
    ]);
  });
});
