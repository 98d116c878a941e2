import {
  compareEvaluations,
  differentialVariation,
  evaluationFromJson,
  evaluationToJson,
  Generation,
  latinHypercube,
  polynomialMutation,
  refuseOtherDimensions,
  simulatedBinaryCrossover,
  snapToLevels,
  type Candidate,
  type Dimension,
  type Evaluation,
  type OptimizationProblem,
  type Rng,
  type Study,
} from "@topogenie/core";
import type { GaOptions } from "./options.js";
import type { GeneticState } from "./state.js";

type Point = Float64Array;

/** A weight drawn anew for each child keeps both long and short steps in the population (Price, Storn and Lampinen 2005, 2.5.2). */
const DIFFERENTIAL_WEIGHT = [0.4, 0.9] as const;
const DIFFERENTIAL_RATE = 0.9;

/**
 * A generational, elitist, real-coded genetic algorithm with constraint-dominance (Deb, CMAME 186, 2000). A generation is
 * bred when the one before has been told in full, from random numbers labelled by its number alone: what is asked does not
 * depend on the portions in which it is asked and told. Minimises the violation, then the first objective.
 */
export class GeneticStudy implements Study {
  readonly #dimensions: readonly Dimension[];
  readonly #options: GaOptions;
  readonly #size: number;
  readonly #rng: Rng;
  #number: number;
  #generation: Generation;
  #parents: readonly Evaluation[];
  #best: Evaluation | undefined;

  constructor(problem: OptimizationProblem, options: GaOptions, rng: Rng, state?: GeneticState) {
    this.#dimensions = problem.dimensions;
    this.#options = options;
    this.#size = options.population ?? Math.min(100, Math.max(12, Math.round(0.7 * Math.sqrt(problem.budget))));
    this.#rng = rng;
    refuseOtherDimensions("Genetic algorithm", state?.generation.points ?? [], problem.dimensions.length);
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
    if (children !== undefined) this.#next(children);
  }

  state(): GeneticState {
    const { seed, words } = this.#rng.state();
    return {
      rng: { seed, words: [...words] },
      number: this.#number,
      generation: this.#generation.toJson(),
      parents: this.#parents.map(evaluationToJson),
      best: this.#best === undefined ? null : evaluationToJson(this.#best),
    };
  }

  #founders(initial: readonly Point[]): Point[] {
    const given = initial.slice(0, this.#size);
    const drawn = latinHypercube(this.#size - given.length, this.#dimensions.length, this.#rng.fork("founders"));
    return [...given, ...drawn].map((point) => this.#snapped(point));
  }

  #next(children: readonly Evaluation[]): void {
    const elders = this.#parents.slice(0, Math.round(this.#options.elite * this.#size));
    this.#parents = [...elders, ...children].sort(compareEvaluations).slice(0, this.#size);
    this.#number++;
    this.#generation = new Generation(this.#bred(this.#rng.fork(`generation ${this.#number}`)), this.#generation.nextId);
  }

  #bred(rng: Rng): Point[] {
    const immigrants = Math.round(this.#options.immigrants * this.#size);
    const points = Array.from({ length: immigrants }, () =>
      this.#snapped(Float64Array.from(this.#dimensions, () => rng.uniform())),
    );
    const seen = new Set([...this.#parents.map(({ x }) => x.join()), ...points.map((point) => point.join())]);
    while (points.length < this.#size) {
      for (const child of this.#offspring(rng)) {
        if (points.length === this.#size) break;
        points.push(this.#unseen(child, seen, rng));
      }
    }
    return points;
  }

  #offspring(rng: Rng): readonly Point[] {
    const {
      differentialShare,
      crossoverRate,
      crossoverEta,
      mutationEta,
      mutationRate = 1 / this.#dimensions.length,
    } = this.#options;
    if (rng.uniform() < differentialShare) return [this.#moved(rng)];
    const [one, other] = [this.#tournament(rng).x, this.#tournament(rng).x];
    const children =
      rng.uniform() < crossoverRate ? simulatedBinaryCrossover(one, other, crossoverEta, rng) : [one.slice(), other.slice()];
    for (const child of children) polynomialMutation(child, mutationRate, mutationEta, rng);
    return children;
  }

  #moved(rng: Rng): Point {
    const base = this.#tournament(rng).x;
    const [one, other] = [this.#anyParent(rng).x, this.#anyParent(rng).x];
    const [least, most] = DIFFERENTIAL_WEIGHT;
    return differentialVariation(base, one, other, least + (most - least) * rng.uniform(), DIFFERENTIAL_RATE, rng);
  }

  #tournament(rng: Rng): Evaluation {
    let winner = this.#anyParent(rng);
    for (let round = 1; round < this.#options.tournament; round++) {
      const drawn = this.#anyParent(rng);
      if (compareEvaluations(drawn, winner) < 0) winner = drawn;
    }
    return winner;
  }

  #anyParent(rng: Rng): Evaluation {
    const drawn = this.#parents[rng.integer(this.#parents.length)];
    if (drawn === undefined) throw new RangeError("A generation without parents.");
    return drawn;
  }

  /** Evaluating a point twice teaches nothing, so a copy is mutated until it is none; a small discrete space may run out. */
  #unseen(child: Point, seen: Set<string>, rng: Rng): Point {
    let point = this.#snapped(child);
    for (let attempt = 0; attempt < 10 && seen.has(point.join()); attempt++) {
      polynomialMutation(point, 1, this.#options.mutationEta, rng);
      point = this.#snapped(point);
    }
    seen.add(point.join());
    return point;
  }

  #snapped(point: Point): Point {
    return snapToLevels(point, this.#dimensions);
  }
}
