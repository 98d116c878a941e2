import { createHash } from "node:crypto";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";

/** A seeded source of random numbers (xoroshiro128+). */
export interface Rng {
  /** In [0, 1). */
  uniform(): number;
  /** Whole number in [0, below). */
  integer(below: number): number;
  /** Standard normal (Box and Muller 1958). */
  normal(): number;
  /** A shuffled copy (Fisher and Yates). */
  shuffle<T>(items: readonly T[]): T[];
  /**
   * A stream of its own, which depends on this one's seed and the label alone, never on how many numbers were drawn:
   * work that is labelled by what it is gives the same numbers in any order and on any number of workers.
   */
  fork(label: string | number): Rng;
  /** JSON value for {@link restoreRng}. */
  state(): RngState;
}

export interface RngState {
  readonly seed: string;
  readonly words: readonly number[];
}

/** The same seed gives the same stream on every machine. */
export function createRng(seed: string | number): Rng {
  const text = String(seed);
  const digest = createHash("sha256").update(text).digest();
  return new SeededRng(text, xoroshiro128plusFromState([0, 4, 8, 12].map((offset) => digest.readInt32LE(offset))));
}

export function restoreRng(state: RngState): Rng {
  return new SeededRng(state.seed, xoroshiro128plusFromState(state.words));
}

class SeededRng implements Rng {
  readonly #seed: string;
  readonly #generator: RandomGenerator;

  constructor(seed: string, generator: RandomGenerator) {
    this.#seed = seed;
    this.#generator = generator;
  }

  uniform(): number {
    return uniformFloat64(this.#generator);
  }

  integer(below: number): number {
    return uniformInt(this.#generator, 0, below - 1);
  }

  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.uniform())) * Math.cos(2 * Math.PI * this.uniform());
  }

  shuffle<T>(items: readonly T[]): T[] {
    const shuffled = [...items];
    for (let last = shuffled.length - 1; last > 0; last--) {
      const other = this.integer(last + 1);
      [shuffled[last], shuffled[other]] = [shuffled[other] as T, shuffled[last] as T];
    }
    return shuffled;
  }

  fork(label: string | number): Rng {
    return createRng(`${this.#seed}/${label}`);
  }

  state(): RngState {
    return { seed: this.#seed, words: this.#generator.getState() };
  }
}
