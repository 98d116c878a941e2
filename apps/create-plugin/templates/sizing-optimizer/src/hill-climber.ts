import {
  compareEvaluations,
  evaluationFromJson,
  evaluationJson,
  evaluationToJson,
  readSavedState,
  refuseOtherDimensions,
  restoreRng,
  rngJson,
  snapToLevels,
  type Candidate,
  type Evaluation,
  type OptimizationProblem,
  type Rng,
  type SizingOptimizer,
  type Study,
} from "@topogenie/core";
import { z } from "zod";

export const hillClimberOptions = z.strictObject({
  first: z.int().min(0).default(100).describe("Points drawn anywhere before it climbs, a tenth of the budget at most."),
  smallest: z.number().positive().max(1).default(1e-5).describe("Smallest step, as a part of a variable's range."),
  onward: z.number().min(0).max(1).default(0.3).describe("Share of the steps in the direction of the last one that led up."),
  single: z.number().min(0).max(1).default(0.3).describe("Share of the others that change one variable alone."),
});

type HillClimberOptions = z.output<typeof hillClimberOptions>;

/** All that a study must remember to go on as if it had never stopped. */
const savedState = z.object({
  rng: rngJson,
  asked: z.int().min(0),
  best: evaluationJson.nullable(),
  last: z.array(z.number()),
});
type SavedState = z.output<typeof savedState>;

/**
 * Steps from the best point known, each of a length drawn evenly over the orders of magnitude (Rowe and Hidovic, GECCO 2004):
 * short ones climb, long ones leave for another hill, and no length has to be adapted.
 */
class HillClimb implements Study {
  readonly #problem: OptimizationProblem;
  readonly #options: HillClimberOptions;
  readonly #rng: Rng;
  #asked: number;
  #best: Evaluation | undefined;
  /** The step that led to the best; empty before there was one. */
  #last: readonly number[];

  constructor(problem: OptimizationProblem, options: HillClimberOptions, { rng, asked, best, last }: SavedState) {
    refuseOtherDimensions("The hill climber", best === null ? [] : [best.x], problem.dimensions.length);
    this.#problem = problem;
    this.#options = options;
    this.#rng = restoreRng(rng);
    this.#asked = asked;
    this.#best = best === null ? undefined : evaluationFromJson(best);
    this.#last = last;
  }

  get best(): Evaluation | undefined {
    return this.#best;
  }

  ask(n: number): readonly Candidate[] {
    return Array.from({ length: n }, () => {
      const id = this.#asked++;
      return { id, x: this.#problem.initial[id]?.slice() ?? this.#step(id) };
    });
  }

  tell(evaluations: readonly Evaluation[]): void {
    for (const evaluation of evaluations) {
      // Equally good is good enough: it is how a climber crosses a plain.
      const from = this.#best;
      if (from !== undefined && compareEvaluations(evaluation, from) > 0) continue;
      if (from !== undefined) this.#last = Array.from(evaluation.x, (coordinate, index) => coordinate - (from.x[index] ?? 0));
      // A copy: the caller may do with its own what it likes.
      this.#best = { ...evaluation, x: evaluation.x.slice() };
    }
  }

  state(): SavedState {
    const best = this.#best === undefined ? null : evaluationToJson(this.#best);
    const { seed, words } = this.#rng.state();
    return { rng: { seed, words: [...words] }, asked: this.#asked, best, last: [...this.#last] };
  }

  #step(id: number): Float64Array {
    const rng = this.#rng;
    const { dimensions } = this.#problem;
    const from = this.#best?.x;
    // A good place to begin is worth a tenth of the budget.
    const looksAround = id < Math.min(this.#options.first, 0.1 * this.#problem.budget);
    if (from === undefined || looksAround)
      return snapToLevels(
        Float64Array.from(dimensions, () => rng.uniform()),
        dimensions,
      );
    const onward = this.#last.length > 0 && rng.uniform() < this.#options.onward ? 4 ** (2 * rng.uniform() - 1) : undefined;
    const alone = rng.uniform() < this.#options.single ? rng.integer(dimensions.length) : undefined;
    const length = this.#options.smallest ** rng.uniform();
    const to = from.map((coordinate, index) => {
      if (onward !== undefined) return clamp(coordinate + onward * (this.#last[index] ?? 0));
      if (alone !== undefined && index !== alone) return coordinate;
      return clamp(coordinate + length * rng.normal());
    });
    return snapToLevels(to, dimensions);
  }
}

function clamp(coordinate: number): number {
  return Math.min(1, Math.max(0, coordinate));
}

export function hillClimber(options: Partial<HillClimberOptions> = {}): SizingOptimizer {
  const settled = hillClimberOptions.parse(options);
  return {
    name: "hill-climber",
    capabilities: () => ({ multiObjective: false, learns: true, evaluations: "thousands" }),
    start: (problem, rng, state) =>
      new HillClimb(
        problem,
        settled,
        state === undefined
          ? { rng: { seed: rng.state().seed, words: [...rng.state().words] }, asked: 0, best: null, last: [] }
          : readSavedState("The hill climber", savedState, state),
      ),
  };
}
