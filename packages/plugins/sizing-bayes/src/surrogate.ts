import type { Rng } from "@topogenie/core";
import { fitHyperparameters, initialHyperparameters } from "./fit-hyperparameters.js";
import { pointSet, type Hyperparameters, type PointSet } from "./matern-kernel.js";
import { posteriorSamples } from "./posterior-samples.js";
import type { BayesState } from "./state.js";

/** The likelihood is read off this many of the nearest points: it settles long before all of them are used. */
const FITTED_POINTS = 50;
const FIRST_STEPS = 30;
const LATER_STEPS = 6;

/**
 * Gaussian processes of one kernel, fitted now and then. What is modelled depends on the same sizes in much the same way, and the
 * greatest part of the work, which is the kernel's, is so done once.
 */
export class Surrogate {
  readonly #refitEvery: number;
  #hyperparameters: Hyperparameters;
  /** Evaluations told when it was last fitted; undefined before. */
  #fittedAt: number | undefined;

  constructor(dimensions: number, refitEvery: number, saved: BayesState["model"] = null) {
    this.#refitEvery = refitEvery;
    this.#hyperparameters =
      saved === null
        ? initialHyperparameters(dimensions)
        : { ...saved.hyperparameters, logScales: Float64Array.from(saved.hyperparameters.logScales) };
    this.#fittedAt = saved?.fittedAt;
  }

  get logScales(): Float64Array {
    return this.#hyperparameters.logScales;
  }

  toJson(): BayesState["model"] {
    if (this.#fittedAt === undefined) return null;
    const { logScales, logSignal, logNoise } = this.#hyperparameters;
    return { hyperparameters: { logScales: [...logScales], logSignal, logNoise }, fittedAt: this.#fittedAt };
  }

  /**
   * @param targets each with a number a point
   * @param told evaluations told so far: decides whether it is time to fit again
   */
  fit(points: readonly Float64Array[], targets: readonly Float64Array[], told: number): void {
    // The first fits know little and cost little: they are renewed sooner.
    const due = (this.#fittedAt ?? 0) + Math.min(this.#refitEvery, 0.3 * (this.#fittedAt ?? 0));
    if (targets.length === 0 || (this.#fittedAt !== undefined && told < due)) return;
    const steps = this.#fittedAt === undefined ? FIRST_STEPS : LATER_STEPS;
    this.#hyperparameters = fitHyperparameters(
      pointSet(points.slice(0, FITTED_POINTS), this.logScales.length),
      targets.map((values) => values.slice(0, FITTED_POINTS)),
      this.#hyperparameters,
      steps,
    );
    this.#fittedAt = told;
  }

  /** By target, what {@link posteriorSamples} gives. */
  samples(
    points: readonly Float64Array[],
    targets: readonly Float64Array[],
    at: PointSet,
    plain: readonly boolean[],
    rng: Rng,
  ): Float64Array[][] {
    return posteriorSamples(pointSet(points, at.dimensions), targets, this.#hyperparameters, at, plain, rng);
  }
}
