import type { Evaluation } from "../contracts/sizing-optimizer.js";

/**
 * Negative when `a` is better: the smaller violation, then the smaller first objective (Deb, "An efficient constraint
 * handling method for genetic algorithms", CMAME 186, 2000). NaN counts as +Infinity.
 */
export function compareEvaluations(
  a: Pick<Evaluation, "violation" | "objectives">,
  b: Pick<Evaluation, "violation" | "objectives">,
): number {
  return ascending(a.violation, b.violation) || ascending(a.objectives[0], b.objectives[0]);
}

function ascending(a = Infinity, b = Infinity): number {
  const one = Number.isNaN(a) ? Infinity : a;
  const other = Number.isNaN(b) ? Infinity : b;
  return one === other ? 0 : one < other ? -1 : 1;
}
