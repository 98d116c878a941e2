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

  /** Returns whether it is new. */
  add(point: Float64Array): boolean {
    let sum = 0;
    for (let d = 0; d < point.length; d++) sum += (this.#weights[d] as number) * (point[d] as number);
    const before = this.#sums.size;
    this.#sums.add(sum);
    return this.#sums.size > before;
  }
}
