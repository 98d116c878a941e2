import { z } from "zod";

/** Lengths as parts of a variable's range, after TuRBO (Eriksson et al., NeurIPS 2019, supplement); it stops at 0.5 ** 7. */
const FIRST_LENGTH = 0.8;
const LONGEST = 1.6;
const SHORTEST = 0.5 ** 10;
/** Evaluations without success before the region shrinks, at least. TuRBO waits for fewer and then begins anew; with hundreds of
 * evaluations in all, what has been learnt about a region is worth more than another start. */
const PATIENCE = 20;
const SUCCESSES_TO_GROW = 3;

export const trustRegionJson = z.object({ length: z.number(), successes: z.int(), failures: z.int() });
export type TrustRegion = z.output<typeof trustRegionJson>;

export const firstTrustRegion: TrustRegion = { length: FIRST_LENGTH, successes: 0, failures: 0 };

/**
 * After a batch: three batches in a row that bettered the best double the region's length; as many evaluations in a row without
 * as there are variables (at least {@link PATIENCE}) halve it.
 */
export function afterBatch(region: TrustRegion, improved: boolean, evaluations: number, dimensions: number): TrustRegion {
  const successes = improved ? region.successes + 1 : 0;
  const failures = improved ? 0 : region.failures + evaluations;
  if (successes >= SUCCESSES_TO_GROW) return { length: Math.min(LONGEST, 2 * region.length), successes: 0, failures: 0 };
  if (failures >= Math.max(PATIENCE, dimensions)) return { length: region.length / 2, successes: 0, failures: 0 };
  return { length: region.length, successes, failures };
}

/** Too small to find anything more: time to begin anew. */
export function isExhausted({ length }: TrustRegion): boolean {
  return length < SHORTEST;
}
