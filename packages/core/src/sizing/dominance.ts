import type { Evaluation } from "../contracts/sizing-optimizer.js";

type Judged = Pick<Evaluation, "violation" | "objectives">;

/**
 * Constraint-dominance (Deb et al., "A fast and elitist multiobjective genetic algorithm: NSGA-II", IEEE Transactions on
 * Evolutionary Computation 6, 2002, section VI): the smaller violation; of equals, no objective worse and one better.
 * NaN counts as +Infinity.
 */
export function dominates(a: Judged, b: Judged): boolean {
  const [one, other] = [worth(a.violation), worth(b.violation)];
  if (one !== other) return one < other;
  let better = false;
  for (let index = 0; index < a.objectives.length; index++) {
    const [left, right] = [worth(a.objectives[index]), worth(b.objectives[index])];
    if (left > right) return false;
    if (left < right) better = true;
  }
  return better;
}

function worth(value = Infinity): number {
  return Number.isNaN(value) ? Infinity : value;
}

/** The items that no other dominates, in their order; of several with the same violation and objectives, the first. */
export function nonDominated<T>(items: readonly T[], judged: (item: T) => Judged): T[] {
  const front: T[] = [];
  for (const item of items) {
    const one = judged(item);
    if (front.some((other) => dominates(judged(other), one) || alike(judged(other), one))) continue;
    for (let index = front.length - 1; index >= 0; index--) {
      const other = front[index];
      if (other !== undefined && dominates(one, judged(other))) front.splice(index, 1);
    }
    front.push(item);
  }
  return front;
}

function alike(a: Judged, b: Judged): boolean {
  return worth(a.violation) === worth(b.violation) && a.objectives.every((value, k) => worth(value) === worth(b.objectives[k]));
}
