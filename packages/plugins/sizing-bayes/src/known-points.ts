/**
 * Points that need no second look. A point is told by a weighted sum of its coordinates: equal points have equal sums, and for
 * two others to share one is as rare as two equal random numbers.
 */
export class KnownPoints {
  readonly #weights: Float64Array;
  /** Of those known from the beginning, ascending: to look among them takes less than to make a set of them. */
  readonly #first: Float64Array;
  readonly #added = new Set<number>();

  constructor(dimensions: number, points: readonly Float64Array[]) {
    // Fractional parts of the multiples of the golden ratio: no two alike, and no simple ratio between them.
    this.#weights = new Float64Array(dimensions).map((_, d) => 1 + (((d + 1) * Math.sqrt(1.25) + (d + 1) / 2) % 1));
    this.#first = new Float64Array(points.length);
    for (let i = 0; i < points.length; i++) this.#first[i] = this.#sum(points[i] as Float64Array, 0);
    this.#first.sort();
  }

  /** Of points that are laid out one after the other, the one that begins at number `from`. Returns whether it is new. */
  add(points: Float64Array, from: number): boolean {
    const sum = this.#sum(points, from);
    if (this.#isFirst(sum) || this.#added.has(sum)) return false;
    this.#added.add(sum);
    return true;
  }

  #sum(points: Float64Array, from: number): number {
    const weights = this.#weights;
    let sum = 0;
    for (let d = 0; d < weights.length; d++) sum += (weights[d] as number) * (points[from + d] as number);
    return sum;
  }

  #isFirst(sum: number): boolean {
    let low = 0;
    let high = this.#first.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#first[middle] as number) < sum) low = middle + 1;
      else high = middle;
    }
    return this.#first[low] === sum;
  }
}
