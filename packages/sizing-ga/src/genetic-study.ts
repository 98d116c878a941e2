import {
  compareEvaluations,
  TopogenieError,
  type Candidate,
  type Dimension,
  type Evaluation,
  type OptimizationProblem,
  type Rng,
  type Study,
} from "@topogenie/core";
import { latinHypercube } from "./latin-hypercube.js";
import { differentialVariation, polynomialMutation, simulatedBinaryCrossover, type Point } from "./operators.js";
import type { GaOptions } from "./options.js";
import { encodeState, type GeneticState } from "./state.js";

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
  #generation: number;
  /** Id of the generation's first candidate. */
  #firstId: number;
  /** The points of this generation, of which {@link #asked} have been handed out. */
  #points: readonly Point[];
  #asked: number;
  #told: (Evaluation | undefined)[];
  #parents: readonly Evaluation[];
  #best: Evaluation | undefined;

  constructor(problem: OptimizationProblem, options: GaOptions, rng: Rng, state?: GeneticState) {
    this.#dimensions = problem.dimensions;
    this.#options = options;
    this.#size = options.population ?? Math.min(100, Math.max(12, Math.round(0.7 * Math.sqrt(problem.budget))));
    this.#rng = rng;
    if (state?.points.some((point) => point.length !== problem.dimensions.length)) {
      throw new TopogenieError(
        "SIZING_STATE_INVALID",
        `The genetic algorithm's saved state is for another problem: it does not have ${problem.dimensions.length} dimensions.`,
      );
    }
    this.#generation = state?.generation ?? 0;
    this.#firstId = state?.firstId ?? 0;
    this.#points = state?.points ?? this.#founders(problem.initial);
    this.#asked = state?.asked ?? 0;
    this.#told = state?.told ?? this.#points.map(() => undefined);
    this.#parents = state?.parents ?? [];
    this.#best = state?.best;
  }

  get best(): Evaluation | undefined {
    return this.#best;
  }

  ask(n: number): readonly Candidate[] {
    const first = this.#asked;
    this.#asked = Math.min(this.#points.length, first + Math.max(0, n));
    return this.#points
      .slice(first, this.#asked)
      .map((point, index) => ({ id: this.#firstId + first + index, x: point.slice() }));
  }

  tell(evaluations: readonly Evaluation[]): void {
    for (const evaluation of evaluations) {
      const index = evaluation.id - this.#firstId;
      const point = this.#points[index];
      if (point === undefined || index >= this.#asked || this.#told[index] !== undefined) {
        throw new TopogenieError(
          "SIZING_TOLD_UNASKED",
          `Candidate ${evaluation.id} was not asked for, or has been told already. Tell every candidate exactly once.`,
        );
      }
      this.#told[index] = {
        id: evaluation.id,
        x: point,
        objectives: [...evaluation.objectives],
        violation: evaluation.violation,
      };
      if (this.#best === undefined || compareEvaluations(evaluation, this.#best) < 0) this.#best = this.#told[index];
    }
    const complete = this.#told.filter((evaluation) => evaluation !== undefined);
    if (complete.length === this.#points.length) this.#next(complete);
  }

  state(): unknown {
    return encodeState({
      rng: this.#rng.state(),
      generation: this.#generation,
      firstId: this.#firstId,
      points: this.#points,
      asked: this.#asked,
      told: this.#told,
      parents: this.#parents,
      best: this.#best,
    });
  }

  #founders(initial: readonly Point[]): Point[] {
    const given = initial.slice(0, this.#size);
    const drawn = latinHypercube(this.#size - given.length, this.#dimensions.length, this.#rng.fork("founders"));
    return [...given, ...drawn].map((point) => this.#snapped(point));
  }

  #next(children: readonly Evaluation[]): void {
    const elders = this.#parents.slice(0, Math.round(this.#options.elite * this.#size));
    this.#parents = [...elders, ...children].sort(compareEvaluations).slice(0, this.#size);
    this.#generation++;
    this.#firstId += this.#points.length;
    this.#points = this.#bred(this.#rng.fork(`generation ${this.#generation}`));
    this.#asked = 0;
    this.#told = this.#points.map(() => undefined);
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
    return point.map((coordinate, index) => {
      const levels = this.#dimensions[index]?.levels;
      if (levels === undefined) return coordinate;
      return levels < 2 ? 0 : Math.round(coordinate * (levels - 1)) / (levels - 1);
    });
  }
}
