import { z } from "zod";
import type { Candidate, Evaluation, OptimizationProblem, Study } from "../../contracts/sizing-optimizer.js";
import { restoreRng, type Rng } from "../../runtime/rng.js";
import { compareEvaluations } from "../evaluation-order.js";
import { evaluationFromJson, evaluationJson, evaluationToJson } from "./evaluation-json.js";
import { Generation, generationJson } from "./generation.js";
import { readSavedState, refuseOtherDimensions, rngJson } from "./saved-state.js";
import { snapToLevels } from "./snap-to-levels.js";

/** How one generation follows from the last. */
export interface GenerationalMethod {
  /** Points of the unit cube to begin with; those of dimensions with levels are moved to them. */
  first(rng: Rng): readonly Float64Array[];
  /**
   * Points of the next generation; none ends the study.
   * @param told the whole generation, in the order of asking
   * @param rng the generation's own
   */
  next(told: readonly Evaluation[], rng: Rng): readonly Float64Array[];
  /** JSON value that `make` of {@link startGenerations} gets back. */
  state(): unknown;
}

const studyState = z.object({
  rng: rngJson,
  number: z.int(),
  generation: generationJson,
  method: z.unknown(),
  best: evaluationJson.nullable(),
});

/**
 * Starts a study generation by generation, or goes on with a saved one: the next is made when the one before has been told in
 * full, from random numbers labelled by its number alone, so that what is asked does not depend on the portions in which it is
 * asked and told. Throws `SIZING_STATE_INVALID`.
 * @param name begins a sentence, for example `Genetic algorithm`
 * @param saved of the method alone
 */
export function startGenerations<Saved extends z.ZodType>(
  name: string,
  problem: OptimizationProblem,
  rng: Rng,
  state: unknown,
  saved: Saved,
  make: (saved?: z.output<Saved>) => GenerationalMethod,
): Study {
  if (state === undefined) return new GenerationalStudy(problem, make(), rng);
  const study = readSavedState(name, studyState, state);
  refuseOtherDimensions(name, study.generation.points, problem.dimensions.length);
  const method = make(readSavedState(name, saved, study.method));
  return new GenerationalStudy(problem, method, restoreRng(study.rng), study);
}

class GenerationalStudy implements Study {
  readonly #problem: OptimizationProblem;
  readonly #method: GenerationalMethod;
  readonly #rng: Rng;
  #number: number;
  #generation: Generation;
  #best: Evaluation | undefined;

  constructor(problem: OptimizationProblem, method: GenerationalMethod, rng: Rng, state?: z.output<typeof studyState>) {
    this.#problem = problem;
    this.#method = method;
    this.#rng = rng;
    this.#number = state?.number ?? 0;
    this.#generation = state === undefined ? this.#of(method.first(rng), 0) : Generation.fromJson(state.generation);
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
    const complete = this.#generation.complete();
    if (complete === undefined) return;
    this.#number++;
    const points = this.#method.next(complete, this.#rng.fork(`generation ${this.#number}`));
    this.#generation = this.#of(points, this.#generation.nextId);
  }

  state(): z.input<typeof studyState> {
    const { seed, words } = this.#rng.state();
    return {
      rng: { seed, words: [...words] },
      number: this.#number,
      generation: this.#generation.toJson(),
      method: this.#method.state(),
      best: this.#best === undefined ? null : evaluationToJson(this.#best),
    };
  }

  #of(points: readonly Float64Array[], firstId: number): Generation {
    return new Generation(
      points.map((point) => snapToLevels(point, this.#problem.dimensions)),
      firstId,
    );
  }
}
