import type { Evaluation } from "@topogenie/core";

/**
 * How far each point's neighbours in its front lie apart, over all objectives, each relative to the front's extent; infinite
 * at the ends (Deb et al. 2002, section III.B). An objective that is infinite for one of them has no extent and counts nothing.
 */
export function crowdingDistances(front: readonly Evaluation[]): number[] {
  const distances = front.map(() => 0);
  const objectives = front[0]?.objectives.length ?? 0;
  for (let objective = 0; objective < objectives; objective++) {
    const value = (index: number | undefined): number => front[index ?? 0]?.objectives[objective] ?? Infinity;
    const order = front.map((_, index) => index).sort((a, b) => (value(a) === value(b) ? a - b : value(a) - value(b)));
    const [first, last] = [order[0], order.at(-1)];
    const extent = value(last) - value(first);
    if (!(extent > 0) || !Number.isFinite(extent)) continue;
    if (first !== undefined) distances[first] = Infinity;
    if (last !== undefined) distances[last] = Infinity;
    for (let place = 1; place + 1 < order.length; place++) {
      const index = order[place];
      if (index === undefined) continue;
      distances[index] = (distances[index] ?? 0) + (value(order[place + 1]) - value(order[place - 1])) / extent;
    }
  }
  return distances;
}
