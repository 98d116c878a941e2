import { z } from "zod";
import type { Candidate, Dimension, Evaluation, OptimizationProblem, Study } from "../../contracts/sizing-optimizer.js";
import type { Rng } from "../../runtime/rng.js";
import { compareEvaluations } from "../evaluation-order.js";
import { evaluationFromJson, evaluationJson, evaluationToJson } from "./evaluation-json.js";
import { Generation, generationJson } from "./generation.js";
import { latinHypercube } from "./latin-hypercube.js";
import { refuseOtherDimensions, rngJson } from "./saved-state.js";
import { snapToLevels } from "./snap-to-levels.js";
import { polynomialMutation } from "./variation.js";

/** Everything that a study of a population is. */
export const populationState = z.object({
  rng: rngJson,
  number: z.int(),
  generation: generationJson,
  parents: z.array(evaluationJson),
  best: evaluationJson.nullable(),
});
export type PopulationState = z.output<typeof populationState>;

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

/** Mutations after which a child stays what it is: a small discrete space may have run out. */
const ATTEMPTS = 10;

/**
 * A generational study. The problem's initial points are its first individuals, and a Latin hypercube fills the generation. The
 * next is bred when the one before has been told in full, from random numbers labelled by its number alone: what is asked does
 * not depend on the portions in which it is asked and told.
 */
export class PopulationStudy implements Study {
  readonly #dimensions: readonly Dimension[];
  readonly #method: PopulationMethod;
  readonly #rng: Rng;
  #number: number;
  #generation: Generation;
  #parents: readonly Evaluation[];
  #best: Evaluation | undefined;

  constructor(problem: OptimizationProblem, method: PopulationMethod, rng: Rng, state?: PopulationState) {
    this.#dimensions = problem.dimensions;
    this.#method = method;
    this.#rng = rng;
    refuseOtherDimensions(method.name, state?.generation.points ?? [], problem.dimensions.length);
    this.#number = state?.number ?? 0;
    this.#generation =
      state === undefined ? new Generation(this.#founders(problem.initial), 0) : Generation.fromJson(state.generation);
    this.#parents = state?.parents.map(evaluationFromJson) ?? [];
    this.#best = state?.best == null ? undefined : evaluationFromJson(state.best);
  }

  get best(): Evaluation | undefined {
    return this.#best;
  }

  ask(n: number): readonly Candidate[] {
    return this.#generation.ask(n);
  }

  tell(evaluations: readonly Evaluation[]): void {
    for (const evaluation of evaluations) {
      const told = this.#generation.tell(evaluation);
      if (this.#best === undefined || compareEvaluations(told, this.#best) < 0) this.#best = told;
    }
    const children = this.#generation.complete();
    if (children === undefined) return;
    this.#parents = this.#method.survivors(this.#parents, children);
    this.#number++;
    this.#generation = new Generation(this.#bred(this.#rng.fork(`generation ${this.#number}`)), this.#generation.nextId);
  }

  state(): PopulationState {
    const { seed, words } = this.#rng.state();
    return {
      rng: { seed, words: [...words] },
      number: this.#number,
      generation: this.#generation.toJson(),
      parents: this.#parents.map(evaluationToJson),
      best: this.#best === undefined ? null : evaluationToJson(this.#best),
    };
  }

  #founders(initial: readonly Float64Array[]): Float64Array[] {
    const given = initial.slice(0, this.#method.size);
    const drawn = latinHypercube(this.#method.size - given.length, this.#dimensions.length, this.#rng.fork("founders"));
    return [...given, ...drawn].map((point) => snapToLevels(point, this.#dimensions));
  }

  #bred(rng: Rng): Float64Array[] {
    const seen = new Set(this.#parents.map(({ x }) => x.join()));
    const points: Float64Array[] = [];
    for (const child of this.#method.children(this.#parents, rng)) {
      points.push(this.#unseen(child, seen, rng));
      if (points.length === this.#method.size) break;
    }
    return points;
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
