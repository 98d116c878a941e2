import type { Rng } from "@topogenie/core";
import { fitHyperparameters, initialHyperparameters } from "./fit-hyperparameters.js";
import type { Hyperparameters } from "./matern-kernel.js";
import type { ModelTargets } from "./model-targets.js";
import { posteriorSamples } from "./posterior-samples.js";
import type { BayesState } from "./state.js";

/** The likelihood is read off this many of the nearest points: it settles long before all of them are used. */
const FITTED_POINTS = 50;
const FIRST_STEPS = 30;
const LATER_STEPS = 10;

/** A Gaussian process that is fitted now and then. */
export class Surrogate {
  readonly #refitEvery: number;
  #hyperparameters: Hyperparameters;
  /** Evaluations told when it was last fitted; undefined before. */
  #fittedAt: number | undefined;

  constructor(dimensions: number, refitEvery: number, saved: BayesState["objectiveModel"] = null) {
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

  toJson(): BayesState["objectiveModel"] {
    if (this.#fittedAt === undefined) return null;
    const { logScales, logSignal, logNoise } = this.#hyperparameters;
    return { hyperparameters: { logScales: [...logScales], logSignal, logNoise }, fittedAt: this.#fittedAt };
  }

  /** @param told evaluations told so far: decides whether it is time to fit again */
  fit({ points, values }: ModelTargets, told: number): void {
    // The first fits know little and cost little: they are renewed sooner.
    const due = (this.#fittedAt ?? 0) + Math.min(this.#refitEvery, 0.3 * (this.#fittedAt ?? 0));
    if (this.#fittedAt !== undefined && told < due) return;
    const steps = this.#fittedAt === undefined ? FIRST_STEPS : LATER_STEPS;
    this.#hyperparameters = fitHyperparameters(
      points.slice(0, FITTED_POINTS),
      values.slice(0, FITTED_POINTS),
      this.#hyperparameters,
      steps,
    );
    this.#fittedAt = told;
  }

  samples({ points, values }: ModelTargets, at: readonly Float64Array[], plain: readonly boolean[], rng: Rng): Float64Array[] {
    return posteriorSamples(points, values, this.#hyperparameters, at, plain, rng);
  }
}
