import {
  compareEvaluations,
  differentialChild,
  polynomialMutation,
  simulatedBinaryCrossover,
  type Evaluation,
  type OptimizationProblem,
  type PopulationMethod,
  type Rng,
} from "@topogenie/core";
import type { GaOptions } from "./options.js";

type Point = Float64Array;

/**
 * An elitist, real-coded genetic algorithm with constraint-dominance (Deb, CMAME 186, 2000). Minimises the violation, then the
 * first objective.
 */
export class GeneticMethod implements PopulationMethod {
  readonly name = "Genetic algorithm";
  readonly size: number;
  readonly mutationEta: number;
  readonly #dimensions: number;
  readonly #options: GaOptions;

  constructor({ dimensions, budget }: OptimizationProblem, options: GaOptions) {
    this.#dimensions = dimensions.length;
    this.#options = options;
    this.size = options.population ?? Math.min(100, Math.max(12, Math.round(0.7 * Math.sqrt(budget))));
    this.mutationEta = options.mutationEta;
  }

  survivors(parents: readonly Evaluation[], children: readonly Evaluation[]): readonly Evaluation[] {
    const elders = parents.slice(0, Math.round(this.#options.elite * this.size));
    return [...elders, ...children].sort(compareEvaluations).slice(0, this.size);
  }

  *children(parents: readonly Evaluation[], rng: Rng): Iterable<Point> {
    const immigrants = Math.round(this.#options.immigrants * this.size);
    for (let index = 0; index < immigrants; index++) yield Float64Array.from({ length: this.#dimensions }, () => rng.uniform());
    for (;;) {
      if (rng.uniform() < this.#options.differentialShare) {
        yield differentialChild(this.#tournament(parents, rng).x, anyOf(parents, rng).x, anyOf(parents, rng).x, rng);
      } else yield* this.#crossed(parents, rng);
    }
  }

  #crossed(parents: readonly Evaluation[], rng: Rng): readonly Point[] {
    const { crossoverRate, crossoverEta, mutationEta, mutationRate = 1 / this.#dimensions } = this.#options;
    const [one, other] = [this.#tournament(parents, rng).x, this.#tournament(parents, rng).x];
    const children =
      rng.uniform() < crossoverRate ? simulatedBinaryCrossover(one, other, crossoverEta, rng) : [one.slice(), other.slice()];
    for (const child of children) polynomialMutation(child, mutationRate, mutationEta, rng);
    return children;
  }

  #tournament(parents: readonly Evaluation[], rng: Rng): Evaluation {
    let winner = anyOf(parents, rng);
    for (let round = 1; round < this.#options.tournament; round++) {
      const drawn = anyOf(parents, rng);
      if (compareEvaluations(drawn, winner) < 0) winner = drawn;
    }
    return winner;
  }
}

function anyOf(parents: readonly Evaluation[], rng: Rng): Evaluation {
  const drawn = parents[rng.integer(parents.length)];
  if (drawn === undefined) throw new RangeError("A generation without parents.");
  return drawn;
}
