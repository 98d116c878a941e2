import type { Evaluation } from "@topogenie/core";
import { z } from "zod";
import type { SearchDistribution } from "./search-distribution.js";

/** Standard deviation, as a part of the range, below which nothing that can be made changes any more. */
const SMALLEST_DEVIATION = 1e-7;
const LARGEST_CONDITION = 1e14;
const SMALLEST_DIFFERENCE = 1e-9;

/** Violation and first objective; null stands for infinity. */
export const historyJson = z.array(z.tuple([z.number().nullable(), z.number().nullable()]));
type Entry = z.output<typeof historyJson>[number];

/** Decides when a run has nothing more to find (the criteria of Hansen, "Benchmarking a BI-population CMA-ES", GECCO 2009). */
export class Convergence {
  readonly #population: number;
  readonly #horizon: number;
  readonly #longest: number;
  #bests: Entry[];

  /** @param bests best of each of the last generations, as saved */
  constructor(dimensions: number, population: number, bests: readonly Entry[] = []) {
    this.#population = population;
    this.#horizon = 10 + Math.ceil((30 * dimensions) / population);
    this.#longest = 100 + (50 * (dimensions + 3) ** 2) / Math.sqrt(population);
    this.#bests = [...bests];
  }

  toJson(): Entry[] {
    return this.#bests;
  }

  /** @param ranked a generation, best first */
  reached(ranked: readonly Evaluation[], distribution: SearchDistribution): boolean {
    const [best] = ranked;
    if (best !== undefined) this.#bests = [...this.#bests, entry(best)].slice(-this.#horizon);
    if (distribution.updates >= this.#longest || distribution.condition > LARGEST_CONDITION) return true;
    const deviation = distribution.largestDeviation;
    if (deviation > 0 && deviation < SMALLEST_DEVIATION) return true;
    return this.#bests.length === this.#horizon && flat([...this.#bests, ...ranked.slice(0, this.#population).map(entry)]);
  }
}

function entry({ violation, objectives: [objective = Infinity] }: Evaluation): Entry {
  return [Number.isFinite(violation) ? violation : null, Number.isFinite(objective) ? objective : null];
}

/** No difference that ranking could follow: in violation, nor in the objective where all are feasible. */
function flat(entries: readonly Entry[]): boolean {
  const violations = entries.map(([violation]) => violation ?? Infinity);
  if (!equal(violations)) return false;
  return violations[0] !== 0 || equal(entries.map(([, objective]) => objective ?? Infinity));
}

function equal(values: readonly number[]): boolean {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return least === most || most - least < SMALLEST_DIFFERENCE * Math.max(1, Math.abs(least));
}
