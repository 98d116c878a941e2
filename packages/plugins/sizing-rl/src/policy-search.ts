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
export class PolicySearch implements Study {
  readonly #dimensions: readonly Dimension[];
  readonly #options: Pick<RlOptions, "sigma" | "population">;
  readonly #rng: Rng;
  #number: number;
  #generation: Generation;
  #run: Run | undefined;
  #best: Evaluation | undefined;

  constructor(
    problem: OptimizationProblem,
    options: Pick<RlOptions, "sigma" | "population">,
    rng: Rng,
    state?: PolicySearchState,
  ) {
    this.#dimensions = problem.dimensions;
    this.#options = options;
    this.#rng = rng;
    refuseOtherDimensions("Policy search", state?.generation.points ?? [], problem.dimensions.length);
    this.#number = state?.number ?? 0;
    this.#generation = state === undefined ? new Generation(firstPoints(problem), 0) : Generation.fromJson(state.generation);
    this.#run = state?.run == null ? undefined : savedRun(state.run);
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
    if (complete !== undefined) this.#next(complete);
  }

  state(): PolicySearchState {
    const { seed, words } = this.#rng.state();
    const run = this.#run;
    return {
      rng: { seed, words: [...words] },
      number: this.#number,
      generation: this.#generation.toJson(),
      run:
        run === undefined
          ? null
          : {
              population: run.population,
              mean: [...run.policy.mean],
              sigma: run.policy.sigma,
              factor: [...run.policy.factor],
              drawn: run.drawn.map((z) => [...z]),
              best: run.best === undefined ? null : evaluationToJson(run.best),
              idle: run.idle,
            },
      best: this.#best === undefined ? null : evaluationToJson(this.#best),
    };
  }

  #next(complete: readonly Evaluation[]): void {
    this.#number++;
    const n = this.#dimensions.length;
    const rng = this.#rng.fork(`generation ${this.#number}`);
    const run = this.#run === undefined ? this.#firstRun(complete) : this.#improvedRun(this.#run, complete, rng);
    run.drawn = Array.from({ length: run.population }, () => drawZ(n, rng));
    this.#run = run;
    this.#generation = new Generation(
      run.drawn.map((z) => snapToLevels(pointAt(run.policy, z).map(mirrorIntoUnit), this.#dimensions)),
      this.#generation.nextId,
    );
  }

  #firstRun(complete: readonly Evaluation[]): Run {
    const n = this.#dimensions.length;
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
      .map((evaluation, index) => ({ evaluation, z: run.drawn[index] ?? new Float64Array(this.#dimensions.length) }))
      .sort((a, b) => compareEvaluations(a.evaluation, b.evaluation));
    const leader = order[0]?.evaluation;
    const rose = leader !== undefined && (run.best === undefined || compareEvaluations(leader, run.best) < 0);
    const policy = improved(
      run.policy,
      order.map(({ z }) => z),
    );
    const idle = rose ? 0 : run.idle + 1;
    const n = this.#dimensions.length;
    const patience = 10 + Math.ceil((30 * n) / run.population);
    if (idle < patience && widestDeviation(policy) > SMALLEST_DEVIATION) {
      return { population: run.population, policy, drawn: [], best: rose ? leader : run.best, idle };
    }
    const mean = Float64Array.from({ length: n }, () => rng.uniform());
    const anew = { mean, sigma: this.#options.sigma, factor: identity(n) };
    return { population: 2 * run.population, policy: anew, drawn: [], best: undefined, idle: 0 };
  }
}

function firstPoints({ initial, dimensions }: OptimizationProblem): Float64Array[] {
  const points = initial.length > 0 ? initial : [Float64Array.from(dimensions, () => 0.5)];
  return points.map((point) => snapToLevels(point, dimensions));
}

function spreadOf(points: readonly Float64Array[], coordinate: number): number {
  const values = points.map((point) => point[coordinate] ?? 0.5);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  return Math.min(SPREAD.most, Math.max(SPREAD.least, deviation));
}

function savedRun({ population, mean, sigma, factor, drawn, best, idle }: NonNullable<PolicySearchState["run"]>): Run {
  return {
    population,
    policy: { mean: Float64Array.from(mean), sigma, factor: Float64Array.from(factor) },
    drawn: drawn.map((z) => Float64Array.from(z)),
    best: best === null ? undefined : evaluationFromJson(best),
    idle,
  };
}
