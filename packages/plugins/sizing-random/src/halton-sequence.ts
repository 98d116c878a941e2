import type { Rng } from "@topogenie/core";

/** Digits that a float64 in [0, 1) can tell apart in base 2; larger bases need fewer. */
const BITS = 53;

/**
 * A Halton sequence (Halton, Numerische Mathematik 2, 1960) whose digits are each put through a random permutation of their
 * own, as Owen's "A randomized Halton algorithm in R" (arXiv:1706.02808, 2017) does: uniform in every coordinate, with small
 * gaps, and without the stripes that the plain sequence has in its larger bases.
 */
export class HaltonSequence {
  readonly #bases: readonly number[];
  /** By dimension and digit, the permutation of 0 … base - 1. */
  readonly #permutations: readonly (readonly (readonly number[])[])[];

  constructor(dimensions: number, rng: Rng) {
    this.#bases = firstPrimes(dimensions);
    this.#permutations = this.#bases.map((base, dimension) => {
      const digits = Math.ceil(BITS / Math.log2(base));
      const values = Array.from({ length: base }, (_, value) => value);
      return Array.from({ length: digits }, (_, digit) => rng.fork(`${dimension}/${digit}`).shuffle(values));
    });
  }

  /** @param index from 0 */
  point(index: number): Float64Array {
    return Float64Array.from(this.#bases, (base, dimension) => {
      let rest = index;
      let scale = 1 / base;
      let sum = 0;
      for (const permutation of this.#permutations[dimension] ?? []) {
        sum += (permutation[rest % base] ?? 0) * scale;
        rest = Math.floor(rest / base);
        scale /= base;
      }
      return Math.min(sum, 1);
    });
  }
}

function firstPrimes(count: number): number[] {
  const primes: number[] = [];
  for (let candidate = 2; primes.length < count; candidate++) {
    if (primes.every((prime) => candidate % prime !== 0)) primes.push(candidate);
  }
  return primes;
}
