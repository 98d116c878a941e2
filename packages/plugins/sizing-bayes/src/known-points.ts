/**
 * Points that need no second look. A point is told by a weighted sum of its coordinates: equal points have equal sums, and for
 * two others to share one is as rare as two equal random numbers.
 */
export class KnownPoints {
  readonly #weights: Float64Array;
  readonly #sums = new Set<number>();

  constructor(dimensions: number) {
    // Fractional parts of the multiples of the golden ratio: no two alike, and no simple ratio between them.
    this.#weights = Float64Array.from({ length: dimensions }, (_, d) => 1 + (((d + 1) * Math.sqrt(1.25) + (d + 1) / 2) % 1));
  }

  /** Of points that are laid out one after the other, the one that begins at number `from`. Returns whether it is new. */
  add(points: Float64Array, from = 0): boolean {
    let sum = 0;
    for (let d = 0; d < this.#weights.length; d++) sum += (this.#weights[d] as number) * (points[from + d] as number);
    const before = this.#sums.size;
    this.#sums.add(sum);
    return this.#sums.size > before;
  }
}
