import {
  compareEvaluations,
  mirrorIntoUnit,
  type Dimension,
  type Evaluation,
  type GenerationalMethod,
  type OptimizationProblem,
  type Rng,
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
 * so only the order of evaluations matters, never their size. Bounds are mirrors (see `mirrorIntoUnit`).
 */
export class CmaesMethod implements GenerationalMethod {
  readonly #dimensions: readonly Dimension[];
  readonly #options: CmaesOptions;
  readonly #population: number;
  readonly #floors: Float64Array;
  /** The generation's points before they were mirrored into the cube and moved to levels. */
  #drawn: readonly Float64Array[];
  #run: Run | undefined;

  constructor({ dimensions, initial }: OptimizationProblem, options: CmaesOptions, state?: CmaesState) {
    this.#dimensions = dimensions;
    this.#options = options;
    this.#population = options.population ?? 4 + Math.floor(3 * Math.log(dimensions.length));
    this.#floors = Float64Array.from(dimensions, ({ levels }) =>
      levels === undefined || levels < 2 ? 0 : LEVEL_DEVIATION / (levels - 1),
    );
    this.#drawn =
      state?.drawn.map((point) => Float64Array.from(point)) ??
      (initial.length > 0 ? initial : [Float64Array.from(dimensions, () => 0.5)]);
    this.#run = state?.run == null ? undefined : this.#savedRun(state.run);
  }

  first(): readonly Float64Array[] {
    return this.#drawn;
  }

  next(told: readonly Evaluation[], rng: Rng): Float64Array[] {
    const order = told.map((_, index) => index).sort((a, b) => compareEvaluations(at(told, a), at(told, b)));
    const ranked = order.map((index) => at(told, index));
    if (this.#run === undefined) {
      this.#run = this.#begun(firstRun(this.#population, this.#options.sigma), at(ranked, 0).x);
    } else {
      this.#run.spent += told.length;
      this.#run.distribution.update(order.map((index) => at(this.#drawn, index)));
      const { schedule, convergence, distribution, spent } = this.#run;
      if (convergence.reached(ranked, distribution) || spent >= (schedule.limit ?? Infinity)) {
        if (this.#options.restarts === "none") return [];
        const next = nextRun(schedule, spent, this.#options, this.#population, rng);
        this.#run = this.#begun(
          next,
          Float64Array.from(this.#dimensions, () => rng.uniform()),
        );
      }
    }
    const { schedule, distribution } = this.#run;
    this.#drawn = Array.from({ length: schedule.population }, () => distribution.sample(rng));
    return this.#drawn.map((point) => point.map(mirrorIntoUnit));
  }

  state(): CmaesState {
    const run = this.#run;
    return {
      drawn: this.#drawn.map((point) => [...point]),
      run:
        run === undefined
          ? null
          : {
              schedule: run.schedule,
              distribution: run.distribution.toJson(),
              bests: run.convergence.toJson(),
              spent: run.spent,
            },
    };
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
