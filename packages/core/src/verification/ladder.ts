import { wilsonInterval } from "./wilson-interval.js";

/** One rung: how many of all attempts passed it and every rung above it. */
export interface Rung {
  readonly name: "decoded" | "structural" | "simulatable" | "unique" | "novel" | "functional" | "on-spec";
  readonly title: string;
  readonly passed: number;
  /** Wilson 95 % interval of the share of all attempts. */
  readonly low: number;
  readonly high: number;
}

export interface Ladder {
  readonly attempts: number;
  readonly rungs: readonly Rung[];
  readonly failures: readonly {
    readonly rung: Rung["name"];
    readonly reason: string;
    readonly count: number;
    readonly example: string;
  }[];
  /** Device counts of the circuits that decoded. */
  readonly deviceCounts: readonly number[];
}

export type RungName = Rung["name"];

/** The rungs in order, each with what it asks for. */
export const rungTitles: Readonly<Record<RungName, string>> = {
  decoded: "the sentence ends by itself and decodes to a circuit",
  structural: "all electrical rules hold",
  simulatable: "with default sizes and bias the operating point converges, without floating or shorted nodes",
  unique: "the first of its topology among the attempts",
  novel: "its topology is in no circuit of the corpus",
  functional: "some sizing meets the family's minimum function",
  "on-spec": "some sizing meets the specification",
};

/** What became of one attempt. */
export interface Verdict {
  readonly attempt: number;
  /** The first rung that it failed, and why; absent when it passed every rung that was tried. */
  readonly failed?: { readonly rung: RungName; readonly reason: string; readonly message: string };
  /** Of its circuit; absent when it did not decode. */
  readonly deviceCount?: number;
}

/** The rungs from the lowest to the highest. */
export const rungNames = Object.keys(rungTitles) as RungName[];

/** Whether an attempt passed a rung and all those above it; the rung must have been tried. */
export function hasPassed({ failed }: Verdict, rung: RungName): boolean {
  return failed === undefined || rungNames.indexOf(failed.rung) > rungNames.indexOf(rung);
}

/**
 * Counts verdicts: each rung counts what passed it and all rungs above, out of all attempts.
 * @param rungs the rungs that were tried, in order
 */
export function countLadder(verdicts: readonly Verdict[], rungs: readonly RungName[]): Ladder {
  const attempts = verdicts.length;
  let left = attempts;
  const counted = rungs.map((name): Rung => {
    left -= verdicts.filter((verdict) => verdict.failed?.rung === name).length;
    return { name, title: rungTitles[name], passed: left, ...wilsonInterval(left, attempts) };
  });
  const failures = new Map<string, { rung: RungName; reason: string; count: number; example: string }>();
  for (const { attempt, failed } of verdicts) {
    if (failed === undefined) continue;
    const key = `${failed.rung} ${failed.reason}`;
    const entry = failures.get(key) ?? {
      rung: failed.rung,
      reason: failed.reason,
      count: 0,
      example: `attempt ${attempt}: ${failed.message}`,
    };
    entry.count++;
    failures.set(key, entry);
  }
  return {
    attempts,
    rungs: counted,
    failures: [...failures.values()].sort((a, b) => rungs.indexOf(a.rung) - rungs.indexOf(b.rung) || b.count - a.count),
    deviceCounts: verdicts.flatMap(({ deviceCount }) => (deviceCount === undefined ? [] : [deviceCount])),
  };
}
