import {
  compareEvaluations,
  createRng,
  evaluationFromJson,
  evaluationToJson,
  refuseOtherDimensions,
  snapToLevels,
  toldUnasked,
  type Candidate,
  type Evaluation,
  type OptimizationProblem,
  type Rng,
  type Study,
} from "@topogenie/core";
import { HaltonSequence } from "./halton-sequence.js";
import type { RandomOptions } from "./options.js";
import type { RandomState } from "./state.js";

/** The initial points, then points that depend on their number alone. Asks as many as are wanted, whatever is outstanding. */
export class RandomStudy implements Study {
  readonly #problem: OptimizationProblem;
  readonly #seed: string;
  readonly #draw: (id: number) => Float64Array;
  readonly #outstanding: Set<number>;
  #asked: number;
  #best: Evaluation | undefined;

  constructor(problem: OptimizationProblem, { sequence }: RandomOptions, rng: Rng, state?: RandomState) {
    refuseOtherDimensions("Random search", state?.best == null ? [] : [state.best.x], problem.dimensions.length);
    this.#problem = problem;
    this.#seed = state?.seed ?? rng.state().seed;
    this.#outstanding = new Set(state?.outstanding);
    this.#asked = state?.asked ?? 0;
    this.#best = state?.best == null ? undefined : evaluationFromJson(state.best);
    const own = createRng(this.#seed);
    if (sequence === "halton") {
      const halton = new HaltonSequence(problem.dimensions.length, own.fork("halton"));
      this.#draw = (id) => halton.point(id - problem.initial.length);
    } else {
      this.#draw = (id) => {
        const numbers = own.fork(id);
        return Float64Array.from(problem.dimensions, () => numbers.uniform());
      };
    }
  }

  get best(): Evaluation | undefined {
    return this.#best;
  }

  ask(n: number): readonly Candidate[] {
    return Array.from({ length: Math.max(0, n) }, () => {
      const id = this.#asked++;
      this.#outstanding.add(id);
      return { id, x: this.#point(id) };
    });
  }

  tell(evaluations: readonly Evaluation[]): void {
    for (const { id, objectives, violation } of evaluations) {
      if (!this.#outstanding.delete(id)) throw toldUnasked(id);
      const told = { id, x: this.#point(id), objectives: [...objectives], violation };
      if (this.#best === undefined || compareEvaluations(told, this.#best) < 0) this.#best = told;
    }
  }

  state(): RandomState {
    return {
      seed: this.#seed,
      asked: this.#asked,
      outstanding: [...this.#outstanding],
      best: this.#best === undefined ? null : evaluationToJson(this.#best),
    };
  }

  #point(id: number): Float64Array {
    return snapToLevels(this.#problem.initial[id] ?? this.#draw(id), this.#problem.dimensions);
  }
}
