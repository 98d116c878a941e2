import {
  compareEvaluations,
  evaluationFromJson,
  evaluationToJson,
  mirrorIntoUnit,
  type Evaluation,
  type GenerationalMethod,
  type OptimizationProblem,
  type Rng,
} from "@topogenie/core";
import { drawZ, identity, improved, pointAt, widestDeviation, type GaussianParameters } from "./gaussian-policy.js";
import type { RlOptions } from "./options.js";
import type { PolicySearchState } from "./state.js";

/** From one start to convergence. */
interface Run {
  readonly population: number;
  policy: GaussianParameters;
  drawn: readonly Float64Array[];
  best: Evaluation | undefined;
  idle: number;
}

/** Below this part of the range nothing that can be made changes any more. */
const SMALLEST_DEVIATION = 1e-5;
/** Bounds of a coordinate's first standard deviation, where the initial points tell how wide to look. */
const SPREAD = { least: 0.04, most: 0.25 } as const;
/** Initial points that tell how wide to look. */
const TELLING = 8;

/**
 * Policy gradient on one circuit: a Gaussian policy over all variables, one step of its natural gradient a generation (see
 * `improved`). The problem's initial points, a trained policy's proposals among them, are tried first; the search begins round
 * the best of them, as widely as the better half of them is spread. When it has converged it begins anew anywhere with twice
 * the points a generation. Ranks by violation, then by the first objective (Deb, CMAME 186, 2000); bounds are mirrors.
 */
export class PolicySearch implements GenerationalMethod {
  readonly #problem: OptimizationProblem;
  readonly #options: Pick<RlOptions, "sigma" | "population">;
  #run: Run | undefined;

  constructor(problem: OptimizationProblem, options: Pick<RlOptions, "sigma" | "population">, saved: PolicySearchState = null) {
    this.#problem = problem;
    this.#options = options;
    this.#run = saved === null ? undefined : savedRun(saved);
  }

  first(): readonly Float64Array[] {
    const { initial, dimensions } = this.#problem;
    return initial.length > 0 ? initial : [Float64Array.from(dimensions, () => 0.5)];
  }

  next(told: readonly Evaluation[], rng: Rng): Float64Array[] {
    const run = this.#run === undefined ? this.#firstRun(told) : this.#improvedRun(this.#run, told, rng);
    run.drawn = Array.from({ length: run.population }, () => drawZ(this.#problem.dimensions.length, rng));
    this.#run = run;
    return run.drawn.map((z) => pointAt(run.policy, z).map(mirrorIntoUnit));
  }

  state(): PolicySearchState {
    const run = this.#run;
    if (run === undefined) return null;
    return {
      population: run.population,
      mean: [...run.policy.mean],
      sigma: run.policy.sigma,
      factor: [...run.policy.factor],
      drawn: run.drawn.map((z) => [...z]),
      best: run.best === undefined ? null : evaluationToJson(run.best),
      idle: run.idle,
    };
  }

  #firstRun(complete: readonly Evaluation[]): Run {
    const n = this.#problem.dimensions.length;
    const ranked = [...complete].sort(compareEvaluations);
    const mean = Float64Array.from(ranked[0]?.x ?? new Float64Array(n).fill(0.5));
    const population = this.#options.population ?? 4 + Math.floor(3 * Math.log(n));
    const better = ranked.slice(0, Math.ceil(ranked.length / 2)).map(({ x }) => x);
    const deviations = mean.map((_, i) => (ranked.length < TELLING ? this.#options.sigma : spreadOf(better, i)));
    const sigma = Math.exp(deviations.reduce((sum, value) => sum + Math.log(value), 0) / n);
    const factor = identity(n);
    deviations.forEach((value, i) => (factor[i * n + i] = value / sigma));
    return { population, policy: { mean, sigma, factor }, drawn: [], best: undefined, idle: 0 };
  }

  #improvedRun(run: Run, complete: readonly Evaluation[], rng: Rng): Run {
    const order = complete
      .map((evaluation, index) => ({ evaluation, z: run.drawn[index] ?? new Float64Array(this.#problem.dimensions.length) }))
      .sort((a, b) => compareEvaluations(a.evaluation, b.evaluation));
    const leader = order[0]?.evaluation;
    const rose = leader !== undefined && (run.best === undefined || compareEvaluations(leader, run.best) < 0);
    const policy = improved(
      run.policy,
      order.map(({ z }) => z),
    );
    const idle = rose ? 0 : run.idle + 1;
    const n = this.#problem.dimensions.length;
    const patience = 10 + Math.ceil((30 * n) / run.population);
    if (idle < patience && widestDeviation(policy) > SMALLEST_DEVIATION) {
      return { population: run.population, policy, drawn: [], best: rose ? leader : run.best, idle };
    }
    const mean = Float64Array.from({ length: n }, () => rng.uniform());
    const anew = { mean, sigma: this.#options.sigma, factor: identity(n) };
    return { population: 2 * run.population, policy: anew, drawn: [], best: undefined, idle: 0 };
  }
}

function spreadOf(points: readonly Float64Array[], coordinate: number): number {
  const values = points.map((point) => point[coordinate] ?? 0.5);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  return Math.min(SPREAD.most, Math.max(SPREAD.least, deviation));
}

function savedRun({ population, mean, sigma, factor, drawn, best, idle }: NonNullable<PolicySearchState>): Run {
  return {
    population,
    policy: { mean: Float64Array.from(mean), sigma, factor: Float64Array.from(factor) },
    drawn: drawn.map((z) => Float64Array.from(z)),
    best: best === null ? undefined : evaluationFromJson(best),
    idle,
  };
}
