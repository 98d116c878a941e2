import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { countLadder, hasPassed, rungNames, type RungName, type Verdict } from "../../src/verification/ladder.js";
import { wilsonInterval } from "../../src/verification/wilson-interval.js";

const rungs: readonly RungName[] = ["decoded", "structural", "simulatable", "unique", "novel"];

describe("the ladder", () => {
  it("counts what passed a rung and all before it, out of all attempts", () => {
    const failedAt: (RungName | undefined)[] = ["decoded", "structural", "structural", "novel", undefined];
    const ladder = countLadder(failedAt.map(verdict), rungs);
    expect(ladder.rungs.map(({ name, passed }) => [name, passed])).toEqual([
      ["decoded", 4],
      ["structural", 2],
      ["simulatable", 2],
      ["unique", 2],
      ["novel", 1],
    ]);
    expect(ladder.failures).toEqual([
      { rung: "decoded", reason: "reason of decoded", count: 1, example: "attempt 0: words" },
      { rung: "structural", reason: "reason of structural", count: 2, example: "attempt 1: words" },
      { rung: "novel", reason: "reason of novel", count: 1, example: "attempt 3: words" },
    ]);
  });

  it("never rises, and loses exactly the failures", () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.constantFrom(...rungs), { nil: undefined })), (failedAt) => {
        const ladder = countLadder(failedAt.map(verdict), rungs);
        const counts = [failedAt.length, ...ladder.rungs.map(({ passed }) => passed)];
        expect(counts).toEqual([...counts].sort((a, b) => b - a));
        expect(ladder.failures.reduce((sum, { count }) => sum + count, 0)).toBe(failedAt.length - (counts.at(-1) ?? 0));
      }),
    );
  });

  it("knows which rungs an attempt has passed", () => {
    const structural = verdict("simulatable", 0);
    expect(rungNames.filter((rung) => hasPassed(structural, rung))).toEqual(["decoded", "structural"]);
    expect(rungNames.every((rung) => hasPassed(verdict(undefined, 0), rung))).toBe(true);
  });
});

describe("Wilson's interval", () => {
  it("is the published one", () => {
    // Newcombe, Statistics in Medicine 17, 1998, table I: 81 of 263, and 15 of 148.
    expect(wilsonInterval(81, 263).low).toBeCloseTo(0.2553, 4);
    expect(wilsonInterval(81, 263).high).toBeCloseTo(0.3662, 4);
    expect(wilsonInterval(15, 148).low).toBeCloseTo(0.0624, 4);
    expect(wilsonInterval(15, 148).high).toBeCloseTo(0.1605, 4);
  });

  it("holds the share, stays within 0 and 1, and says nothing of no trials", () => {
    fc.assert(
      fc.property(fc.nat(500), fc.nat(500), (successes, failures) => {
        const { low, high } = wilsonInterval(successes, successes + failures);
        const share = successes / Math.max(1, successes + failures);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(high).toBeLessThanOrEqual(1);
        expect(low).toBeLessThanOrEqual(share);
        expect(high).toBeGreaterThanOrEqual(share);
      }),
    );
    expect(wilsonInterval(0, 0)).toEqual({ low: 0, high: 1 });
  });
});

function verdict(rung: RungName | undefined, attempt: number): Verdict {
  return rung === undefined ? { attempt } : { attempt, failed: { rung, reason: `reason of ${rung}`, message: "words" } };
}
