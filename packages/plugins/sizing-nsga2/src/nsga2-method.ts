import {
  differentialChild,
  polynomialMutation,
  simulatedBinaryCrossover,
  type Evaluation,
  type OptimizationProblem,
  type PopulationMethod,
  type Rng,
} from "@topogenie/core";
import { crowdingDistances } from "./crowding-distance.js";
import { nonDominatedSort } from "./non-dominated-sort.js";
import type { Nsga2Options } from "./options.js";

interface Parent {
  readonly evaluation: Evaluation;
  /** Number of its front, 0 the best. */
  readonly front: number;
  readonly crowding: number;
}

/**
 * NSGA-II (Deb, Pratap, Agarwal and Meyarivan, IEEE Transactions on Evolutionary Computation 6, 2002): parents and children
 * compete by constraint-dominance, then by how lonely they are in their front. Besides crossover, a share of children comes
 * from differential variation as in GDE3 (Kukkonen and Lampinen, CEC 2005), which follows valleys and narrow feasible
 * regions that lie across the coordinates. With one objective it is an elitist genetic algorithm.
 */
export class Nsga2Method implements PopulationMethod {
  readonly name = "NSGA-II";
  readonly size: number;
  readonly mutationEta: number;
  readonly #dimensions: number;
  readonly #options: Nsga2Options;

  constructor({ dimensions, budget }: OptimizationProblem, options: Nsga2Options) {
    this.#dimensions = dimensions.length;
    this.#options = options;
    this.size = options.population ?? Math.min(100, Math.max(16, Math.round(Math.sqrt(budget))));
    this.mutationEta = options.mutationEta;
  }

  /** Whole fronts while they fit, then the loneliest of the next. */
  survivors(parents: readonly Evaluation[], children: readonly Evaluation[]): readonly Evaluation[] {
    const survivors: Evaluation[] = [];
    for (const front of fronts([...parents, ...children])) {
      const room = this.size - survivors.length;
      if (front.length > room) front.sort((a, b) => loneliness(b) - loneliness(a));
      survivors.push(...front.slice(0, room).map(({ evaluation }) => evaluation));
      if (survivors.length === this.size) break;
    }
    return survivors;
  }

  *children(evaluations: readonly Evaluation[], rng: Rng): Iterable<Float64Array> {
    const parents = fronts(evaluations).flat();
    for (;;) {
      if (rng.uniform() < this.#options.differentialShare) {
        const base = tournament(parents, rng);
        yield differentialChild(base, anyOf(parents, rng).evaluation.x, anyOf(parents, rng).evaluation.x, rng);
      } else yield* this.#crossed(parents, rng);
    }
  }

  #crossed(parents: readonly Parent[], rng: Rng): readonly Float64Array[] {
    const { crossoverRate, crossoverEta, mutationEta, mutationRate = 1 / this.#dimensions } = this.#options;
    const [one, other] = [tournament(parents, rng), tournament(parents, rng)];
    const children =
      rng.uniform() < crossoverRate ? simulatedBinaryCrossover(one, other, crossoverEta, rng) : [one.slice(), other.slice()];
    for (const child of children) polynomialMutation(child, mutationRate, mutationEta, rng);
    return children;
  }
}

/** The better of two by front, then by crowding. */
function tournament(parents: readonly Parent[], rng: Rng): Float64Array {
  const [one, other] = [anyOf(parents, rng), anyOf(parents, rng)];
  const better = other.front < one.front || (other.front === one.front && loneliness(other) > loneliness(one));
  return (better ? other : one).evaluation.x;
}

function anyOf(parents: readonly Parent[], rng: Rng): Parent {
  const drawn = parents[rng.integer(parents.length)];
  if (drawn === undefined) throw new RangeError("A generation without parents.");
  return drawn;
}

function fronts(evaluations: readonly Evaluation[]): Parent[][] {
  return nonDominatedSort(evaluations).map((indices, front) => {
    const members = indices.flatMap((index) => evaluations[index] ?? []);
    const distances = crowdingDistances(members);
    return members.map((evaluation, index) => ({ evaluation, front, crowding: distances[index] ?? 0 }));
  });
}

/** Finite, so that two may be subtracted. */
function loneliness({ crowding }: Parent): number {
  return Math.min(crowding, Number.MAX_VALUE);
}
