import {
  compareEvaluations,
  evaluationFromJson,
  evaluationToJson,
  Generation,
  mirrorIntoUnit,
  refuseOtherDimensions,
  snapToLevels,
  type Candidate,
  type Dimension,
  type Evaluation,
  type OptimizationProblem,
  type Rng,
  type Study,
} from "@topogenie/core";
import { Convergence } from "./convergence.js";
import type { CmaesOptions } from "./options.js";
import { firstRun, nextRun, type Schedule } from "./restart-schedule.js";
import { SearchDistribution } from "./search-distribution.js";
import type { CmaesState } from "./state.js";
import { strategyParameters } from "./strategy-parameters.js";

/** Least standard deviation of a coordinate with levels, in steps between two of them. */
const LEVEL_DEVIATION = 0.3;

/** From one start to convergence. */
interface Run {
  readonly schedule: Schedule;
  readonly distribution: SearchDistribution;
  readonly convergence: Convergence;
  spent: number;
}

/**
 * CMA-ES (Hansen, arXiv:1604.00772) with restarts. The points that the problem gives are tried first and the first run begins
 * at the best of them; later runs begin anywhere. Ranks by violation, then by the first objective (Deb, CMAME 186, 2000),
 * so only the order of evaluations matters, never their size. Bounds are mirrors (see `mirrorIntoUnit`). A generation is
 * drawn when the one before has been told in full, from random numbers labelled by its number alone.
 */
export class CmaesStudy implements Study {
  readonly #dimensions: readonly Dimension[];
  readonly #options: CmaesOptions;
  readonly #population: number;
  readonly #floors: Float64Array;
  readonly #rng: Rng;
  #number: number;
  #generation: Generation;
  #drawn: readonly Float64Array[];
  #run: Run | undefined;
  #ended: boolean;
  #best: Evaluation | undefined;

  constructor(problem: OptimizationProblem, options: CmaesOptions, rng: Rng, state?: CmaesState) {
    this.#dimensions = problem.dimensions;
    this.#options = options;
    this.#population = options.population ?? 4 + Math.floor(3 * Math.log(problem.dimensions.length));
    this.#floors = Float64Array.from(problem.dimensions, ({ levels }) =>
      levels === undefined || levels < 2 ? 0 : LEVEL_DEVIATION / (levels - 1),
    );
    this.#rng = rng;
    refuseOtherDimensions("CMA-ES", state?.drawn ?? [], problem.dimensions.length);
    this.#number = state?.number ?? 0;
    this.#drawn =
      state?.drawn.map((point) => Float64Array.from(point)) ??
      (problem.initial.length > 0 ? problem.initial : [Float64Array.from(problem.dimensions, () => 0.5)]);
    this.#generation = state === undefined ? this.#generationFrom(0) : Generation.fromJson(state.generation);
    this.#run = state?.run == null ? undefined : this.#savedRun(state.run);
    this.#ended = state?.ended ?? false;
    this.#best = state?.best == null ? undefined : evaluationFromJson(state.best);
  }

  get best(): Evaluation | undefined {
    return this.#best;
  }

  ask(n: number): readonly Candidate[] {
    return this.#ended ? [] : this.#generation.ask(n);
  }

  tell(evaluations: readonly Evaluation[]): void {
    for (const evaluation of evaluations) {
      const told = this.#generation.tell(evaluation);
      if (this.#best === undefined || compareEvaluations(told, this.#best) < 0) this.#best = told;
    }
    const complete = this.#generation.complete();
    if (complete !== undefined) this.#next(complete);
  }

  state(): CmaesState {
    const { seed, words } = this.#rng.state();
    return {
      rng: { seed, words: [...words] },
      number: this.#number,
      generation: this.#generation.toJson(),
      drawn: this.#drawn.map((point) => [...point]),
      run:
        this.#run === undefined
          ? null
          : {
              schedule: this.#run.schedule,
              distribution: this.#run.distribution.toJson(),
              bests: this.#run.convergence.toJson(),
              spent: this.#run.spent,
            },
      ended: this.#ended,
      best: this.#best === undefined ? null : evaluationToJson(this.#best),
    };
  }

  #next(complete: readonly Evaluation[]): void {
    const order = complete.map((_, index) => index).sort((a, b) => compareEvaluations(at(complete, a), at(complete, b)));
    const ranked = order.map((index) => at(complete, index));
    this.#number++;
    const rng = this.#rng.fork(`generation ${this.#number}`);
    if (this.#run === undefined) {
      this.#run = this.#begun(firstRun(this.#population, this.#options.sigma), at(ranked, 0).x);
    } else {
      this.#run.spent += complete.length;
      this.#run.distribution.update(order.map((index) => at(this.#drawn, index)));
      const { schedule, convergence, distribution, spent } = this.#run;
      if (convergence.reached(ranked, distribution) || spent >= (schedule.limit ?? Infinity)) {
        if (this.#options.restarts === "none") {
          this.#ended = true;
          return;
        }
        const next = nextRun(schedule, spent, this.#options, this.#population, rng);
        this.#run = this.#begun(
          next,
          Float64Array.from(this.#dimensions, () => rng.uniform()),
        );
      }
    }
    const { schedule, distribution } = this.#run;
    this.#drawn = Array.from({ length: schedule.population }, () => distribution.sample(rng));
    this.#generation = this.#generationFrom(this.#generation.nextId);
  }

  #generationFrom(firstId: number): Generation {
    return new Generation(
      this.#drawn.map((point) => snapToLevels(point.map(mirrorIntoUnit), this.#dimensions)),
      firstId,
    );
  }

  #begun(schedule: Schedule, mean: Float64Array): Run {
    const n = this.#dimensions.length;
    const parameters = strategyParameters(n, schedule.population, this.#options.active);
    return {
      schedule,
      distribution: SearchDistribution.around(mean, schedule.sigma, parameters, this.#floors),
      convergence: new Convergence(n, schedule.population),
      spent: 0,
    };
  }

  #savedRun({ schedule, distribution, bests, spent }: NonNullable<CmaesState["run"]>): Run {
    const n = this.#dimensions.length;
    const parameters = strategyParameters(n, schedule.population, this.#options.active);
    return {
      schedule,
      distribution: new SearchDistribution(parameters, this.#floors, distribution),
      convergence: new Convergence(n, schedule.population, bests),
      spent,
    };
  }
}

function at<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined) throw new RangeError(`No item ${index} of ${items.length}.`);
  return item;
}
