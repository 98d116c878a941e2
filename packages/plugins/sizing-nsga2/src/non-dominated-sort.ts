import { dominates, type Evaluation } from "@topogenie/core";

/**
 * Indices by front, ascending: those that none dominates, those that only these dominate, and so on (Deb et al. 2002, section
 * III.A). By efficient non-dominated sorting with binary search (Zhang, Tian, Cheng and Jin, IEEE Transactions on Evolutionary
 * Computation 19, 2015): in lexicographic order nobody is dominated by one that comes later, and who is dominated by somebody
 * of a front is dominated by somebody of every better one.
 */
export function nonDominatedSort(evaluations: readonly Evaluation[]): number[][] {
  const keys = evaluations.map(({ violation, objectives }) => [violation, ...objectives].map(worth));
  const order = evaluations.map((_, index) => index).sort((a, b) => lexicographic(keys[a] ?? [], keys[b] ?? []) || a - b);
  const fronts: number[][] = [];
  for (const index of order) {
    let [low, high] = [0, fronts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isDominated(index, fronts[middle] ?? [], evaluations)) low = middle + 1;
      else high = middle;
    }
    (fronts[low] ??= []).push(index);
  }
  return fronts.map((front) => front.sort((a, b) => a - b));
}

/** The latest of a front are the nearest, and so the likeliest to dominate. */
function isDominated(index: number, front: readonly number[], evaluations: readonly Evaluation[]): boolean {
  const one = evaluations[index];
  for (let place = front.length - 1; place >= 0; place--) {
    const other = evaluations[front[place] ?? -1];
    if (one !== undefined && other !== undefined && dominates(other, one)) return true;
  }
  return false;
}

function lexicographic(a: readonly number[], b: readonly number[]): number {
  for (let place = 0; place < a.length; place++) {
    const [one = 0, other = 0] = [a[place], b[place]];
    if (one !== other) return one < other ? -1 : 1;
  }
  return 0;
}

function worth(value: number): number {
  return Number.isNaN(value) ? Infinity : value;
}
