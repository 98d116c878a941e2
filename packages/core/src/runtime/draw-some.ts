import type { Rng } from "./rng.js";

/**
 * At most `count` of the items, each with the same chance, in their own order; all when there are no more. Reads all items
 * and holds no more than `count` of them (reservoir sampling: Vitter, Random Sampling with a Reservoir, 1985, algorithm R).
 */
export function drawSome<T>(items: Iterable<T>, count: number, rng: Rng): T[] {
  const kept: { readonly place: number; readonly item: T }[] = [];
  let place = 0;
  for (const item of items) {
    const slot = place < count ? place : rng.integer(place + 1);
    if (slot < count) kept[slot] = { place, item };
    place++;
  }
  return kept.sort((a, b) => a.place - b.place).map(({ item }) => item);
}
