/** Position of a time among rising edges, in cycles: 3.5 is half way from the fourth edge to the fifth; undefined beyond the ends. */
export function cyclesAt(edges: readonly number[], time: number): number | undefined {
  let [low, high] = [0, edges.length - 1];
  const [first, last] = [edges[0], edges[high]];
  if (first === undefined || last === undefined || time < first || time >= last) return undefined;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((edges[middle] ?? 0) <= time) low = middle;
    else high = middle;
  }
  const [from, to] = [edges[low] ?? 0, edges[high] ?? 0];
  return low + (time - from) / (to - from);
}
