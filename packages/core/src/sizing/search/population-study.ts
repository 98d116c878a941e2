import { z } from "zod";
import type { Dimension, Evaluation, OptimizationProblem, Study } from "../../contracts/sizing-optimizer.js";
import type { Rng } from "../../runtime/rng.js";
import { evaluationFromJson, evaluationJson, evaluationToJson } from "./evaluation-json.js";
import { startGenerations, type GenerationalMethod } from "./generational-study.js";
import { latinHypercube } from "./latin-hypercube.js";
import { snapToLevels } from "./snap-to-levels.js";
import { polynomialMutation } from "./variation.js";

/** What makes one evolutionary method differ from another. */
export interface PopulationMethod {
  /** Begins a sentence, for example `Genetic algorithm`. */
  readonly name: string;
  /** Individuals a generation. */
  readonly size: number;
  /** Distribution index of the mutation that keeps a child from being one that was tried already. */
  readonly mutationEta: number;
  /** The parents of the next generation, at most `size`. */
  survivors(parents: readonly Evaluation[], children: readonly Evaluation[]): readonly Evaluation[];
  /** Children of these parents, without end. */
  children(parents: readonly Evaluation[], rng: Rng): Iterable<Float64Array>;
}

const savedParents = z.array(evaluationJson);

/**
 * Starts a study of a population, or goes on with a saved one. The problem's initial points are its first individuals, and a Latin
 * hypercube fills the generation.
 */
export function startPopulation(problem: OptimizationProblem, method: PopulationMethod, rng: Rng, state?: unknown): Study {
  const make = (saved?: z.output<typeof savedParents>): GenerationalMethod =>
    new Population(problem, method, saved?.map(evaluationFromJson));
  return startGenerations(method.name, problem, rng, state, savedParents, make);
}

/** Mutations after which a child stays what it is: a small discrete space may have run out. */
const ATTEMPTS = 10;

class Population implements GenerationalMethod {
  readonly #dimensions: readonly Dimension[];
  readonly #initial: readonly Float64Array[];
  readonly #method: PopulationMethod;
  #parents: readonly Evaluation[];

  constructor({ dimensions, initial }: OptimizationProblem, method: PopulationMethod, parents: readonly Evaluation[] = []) {
    this.#dimensions = dimensions;
    this.#initial = initial;
    this.#method = method;
    this.#parents = parents;
  }

  first(rng: Rng): Float64Array[] {
    const given = this.#initial.slice(0, this.#method.size);
    return [...given, ...latinHypercube(this.#method.size - given.length, this.#dimensions.length, rng.fork("founders"))];
  }

  next(told: readonly Evaluation[], rng: Rng): Float64Array[] {
    this.#parents = this.#method.survivors(this.#parents, told);
    const seen = new Set(this.#parents.map(({ x }) => x.join()));
    const points: Float64Array[] = [];
    for (const child of this.#method.children(this.#parents, rng)) {
      points.push(this.#unseen(child, seen, rng));
      if (points.length === this.#method.size) break;
    }
    return points;
  }

  state(): z.input<typeof savedParents> {
    return this.#parents.map(evaluationToJson);
  }

  /** Evaluating a point twice teaches nothing, so a copy is mutated until it is none. */
  #unseen(child: Float64Array, seen: Set<string>, rng: Rng): Float64Array {
    let point = snapToLevels(child, this.#dimensions);
    for (let attempt = 0; attempt < ATTEMPTS && seen.has(point.join()); attempt++) {
      polynomialMutation(point, 1, this.#method.mutationEta, rng);
      point = snapToLevels(point, this.#dimensions);
    }
    seen.add(point.join());
    return point;
  }
}
