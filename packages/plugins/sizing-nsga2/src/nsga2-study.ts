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
import { crowdingDistances } from "./crowding-distance.js";
import { nonDominatedSort } from "./non-dominated-sort.js";
import type { Nsga2Options } from "./options.js";
import type { Nsga2State } from "./state.js";

/** A weight drawn anew for each child keeps both long and short steps in the population (Price, Storn and Lampinen 2005, 2.5.2). */
const DIFFERENTIAL_WEIGHT = [0.4, 0.9] as const;
const DIFFERENTIAL_RATE = 0.9;

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
 * regions that lie across the coordinates. A generation is bred when the one before has
 * been told in full, from random numbers labelled by its number alone. With one objective it is an elitist genetic algorithm.
 */
export class Nsga2Study implements Study {
  readonly #dimensions: readonly Dimension[];
  readonly #options: Nsga2Options;
  readonly #size: number;
  readonly #rng: Rng;
  #number: number;
  #generation: Generation;
  #parents: readonly Parent[];
  #best: Evaluation | undefined;

  constructor(problem: OptimizationProblem, options: Nsga2Options, rng: Rng, state?: Nsga2State) {
    this.#dimensions = problem.dimensions;
    this.#options = options;
    this.#size = options.population ?? Math.min(100, Math.max(16, Math.round(Math.sqrt(problem.budget))));
    this.#rng = rng;
    refuseOtherDimensions("NSGA-II", state?.generation.points ?? [], problem.dimensions.length);
    this.#number = state?.number ?? 0;
    this.#generation =
      state === undefined ? new Generation(this.#founders(problem.initial), 0) : Generation.fromJson(state.generation);
    this.#parents = fronts(state?.parents.map(evaluationFromJson) ?? []).flat();
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
    const survivors = this.#survivors([...this.#parents.map(({ evaluation }) => evaluation), ...children]);
    this.#parents = fronts(survivors).flat();
    this.#number++;
    this.#generation = new Generation(this.#bred(this.#rng.fork(`generation ${this.#number}`)), this.#generation.nextId);
  }

  state(): Nsga2State {
    const { seed, words } = this.#rng.state();
    return {
      rng: { seed, words: [...words] },
      number: this.#number,
      generation: this.#generation.toJson(),
      parents: this.#parents.map(({ evaluation }) => evaluationToJson(evaluation)),
      best: this.#best === undefined ? null : evaluationToJson(this.#best),
    };
  }

  #founders(initial: readonly Float64Array[]): Float64Array[] {
    const given = initial.slice(0, this.#size);
    const drawn = latinHypercube(this.#size - given.length, this.#dimensions.length, this.#rng.fork("founders"));
    return [...given, ...drawn].map((point) => snapToLevels(point, this.#dimensions));
  }

  /** Whole fronts while they fit, then the loneliest of the next. */
  #survivors(evaluations: readonly Evaluation[]): Evaluation[] {
    const survivors: Evaluation[] = [];
    for (const front of fronts(evaluations)) {
      const room = this.#size - survivors.length;
      if (front.length > room) front.sort((a, b) => loneliness(b) - loneliness(a));
      survivors.push(...front.slice(0, room).map(({ evaluation }) => evaluation));
      if (survivors.length === this.#size) break;
    }
    return survivors;
  }

  #bred(rng: Rng): Float64Array[] {
    const seen = new Set(this.#parents.map(({ evaluation }) => evaluation.x.join()));
    const points: Float64Array[] = [];
    while (points.length < this.#size) {
      const children = rng.uniform() < this.#options.differentialShare ? [this.#moved(rng)] : this.#crossed(rng);
      for (const child of children.slice(0, this.#size - points.length)) points.push(this.#unseen(child, seen, rng));
    }
    return points;
  }

  #moved(rng: Rng): Float64Array {
    const base = this.#tournament(rng);
    const [one, other] = [this.#anyParent(rng).evaluation.x, this.#anyParent(rng).evaluation.x];
    const [least, most] = DIFFERENTIAL_WEIGHT;
    return differentialVariation(base, one, other, least + (most - least) * rng.uniform(), DIFFERENTIAL_RATE, rng);
  }

  #crossed(rng: Rng): readonly Float64Array[] {
    const { crossoverRate, crossoverEta, mutationEta, mutationRate = 1 / this.#dimensions.length } = this.#options;
    const [one, other] = [this.#tournament(rng), this.#tournament(rng)];
    const children =
      rng.uniform() < crossoverRate ? simulatedBinaryCrossover(one, other, crossoverEta, rng) : [one.slice(), other.slice()];
    for (const child of children) polynomialMutation(child, mutationRate, mutationEta, rng);
    return children;
  }

  /** The better of two by front, then by crowding. */
  #tournament(rng: Rng): Float64Array {
    const [one, other] = [this.#anyParent(rng), this.#anyParent(rng)];
    const better = other.front < one.front || (other.front === one.front && loneliness(other) > loneliness(one));
    return (better ? other : one).evaluation.x;
  }

  #anyParent(rng: Rng): Parent {
    const drawn = this.#parents[rng.integer(this.#parents.length)];
    if (drawn === undefined) throw new RangeError("A generation without parents.");
    return drawn;
  }

  /** Evaluating a point twice teaches nothing, so a copy is mutated until it is none; a small discrete space may run out. */
  #unseen(child: Float64Array, seen: Set<string>, rng: Rng): Float64Array {
    let point = snapToLevels(child, this.#dimensions);
    for (let attempt = 0; attempt < 10 && seen.has(point.join()); attempt++) {
      polynomialMutation(point, 1, this.#options.mutationEta, rng);
      point = snapToLevels(point, this.#dimensions);
    }
    seen.add(point.join());
    return point;
  }
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
