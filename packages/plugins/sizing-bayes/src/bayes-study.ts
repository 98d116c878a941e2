import {
  compareEvaluations,
  evaluationFromJson,
  evaluationToJson,
  latinHypercube,
  refuseOtherDimensions,
  snapToLevels,
  toldUnasked,
  type Candidate,
  type Dimension,
  type Evaluation,
  type OptimizationProblem,
  type Rng,
  type Study,
} from "@topogenie/core";
import { drawCandidates } from "./candidates.js";
import { KnownPoints } from "./known-points.js";
import { constraintTargets, objectiveTargets, type ConstraintTargets } from "./model-targets.js";
import type { BayesOptions } from "./options.js";
import type { BayesState } from "./state.js";
import { Surrogate } from "./surrogate.js";
import { afterBatch, firstTrustRegion, isExhausted, type TrustRegion } from "./trust-region.js";

type Outstanding = Omit<BayesState["outstanding"][number], "id" | "x"> & { readonly x: Float64Array };
type Batch = BayesState["batches"][number];

/** Every so many candidates one is the best by the models' means instead of by a draw: exploitation that draws alone lack. */
const GREEDY = 4;

/** Design points are in no batch: they say nothing about the trust region. */
const DESIGN = -1;

/**
 * Points of the model, and those among which it chooses, where the options do not say. Few variables are narrowed down to many
 * digits, for which more are needed; with many, what fewer of them find is the same within the noise of a dozen seeds.
 */
const DEFAULTS = {
  few: { trainingPoints: 80, candidates: 200 },
  many: { trainingPoints: 60, candidates: 120 },
} as const;
const MANY_VARIABLES = 10;

/**
 * Bayesian optimization in one trust region (TuRBO-1: Eriksson, Pearce, Gardner, Turner and Poloczek, NeurIPS 2019) with
 * constraints as in SCBO (Eriksson and Poloczek, AISTATS 2021), save that only those that are violated most are modelled, by the
 * objective's kernel. Each candidate of a batch is the best of the region by one function drawn from each model: the least objective
 * where what is drawn for the constraints says feasible, else the least violation. Failed points count as bad in all. When the region
 * has shrunk to nothing another is begun elsewhere.
 */
export class BayesStudy implements Study {
  readonly #dimensions: readonly Dimension[];
  readonly #options: BayesOptions & { readonly trainingPoints: number; readonly candidates: number };
  readonly #rng: Rng;
  readonly #outstanding: Map<number, Outstanding>;
  readonly #batches: Map<number, Batch>;
  #asked: number;
  #restarts: number;
  #design: Float64Array[];
  #told: Evaluation[];
  /** The best since this start. */
  #centre: Evaluation | undefined;
  #region: TrustRegion;
  #model: Surrogate;
  #best: Evaluation | undefined;

  constructor(problem: OptimizationProblem, options: BayesOptions, rng: Rng, state?: BayesState) {
    const n = problem.dimensions.length;
    this.#dimensions = problem.dimensions;
    const { trainingPoints, candidates } = DEFAULTS[n < MANY_VARIABLES ? "few" : "many"];
    this.#options = {
      ...options,
      trainingPoints: options.trainingPoints ?? trainingPoints,
      candidates: options.candidates ?? candidates,
    };
    this.#rng = rng;
    const saved = [...(state?.design ?? []), ...[...(state?.told ?? []), ...(state?.outstanding ?? [])].map(({ x }) => x)];
    refuseOtherDimensions("Bayesian optimization", saved, n);
    this.#asked = state?.asked ?? 0;
    this.#restarts = state?.restarts ?? 0;
    this.#design = state?.design.map((point) => Float64Array.from(point)) ?? this.#newDesign(problem.initial);
    this.#outstanding = new Map(
      state?.outstanding.map(({ id, x, start, batch }) => [id, { x: Float64Array.from(x), start, batch }]),
    );
    this.#batches = new Map(state?.batches.map((batch) => [batch.number, { ...batch }]));
    this.#told = state?.told.map(evaluationFromJson) ?? [];
    for (const told of this.#told) if (this.#isBetter(told)) this.#centre = told;
    this.#region = state?.region ?? firstTrustRegion;
    this.#model = new Surrogate(n, options.refitEvery, state?.model);
    this.#best = state?.best == null ? undefined : evaluationFromJson(state.best);
  }

  get best(): Evaluation | undefined {
    return this.#best;
  }

  ask(n: number): readonly Candidate[] {
    if (n <= 0) return [];
    if (this.#design.length > 0) return this.#design.splice(0, n).map((x) => this.#handOut(x, DESIGN));
    const designOut = [...this.#outstanding.values()].some(({ start, batch }) => batch === DESIGN && start === this.#restarts);
    if (designOut || this.#centre === undefined) return [];
    const number = this.#asked;
    const chosen = this.#choose(Math.min(n, this.#options.batch), this.#centre, this.#rng.fork(`batch ${number}`));
    this.#batches.set(number, { number, size: chosen.length, left: chosen.length, improved: false });
    return chosen.map((x) => this.#handOut(x, number));
  }

  tell(evaluations: readonly Evaluation[]): void {
    for (const { id, objectives, violation, constraints } of evaluations) {
      const out = this.#outstanding.get(id);
      if (out === undefined) throw toldUnasked(id);
      this.#outstanding.delete(id);
      const known = constraints === undefined ? {} : { constraints: [...constraints] };
      const told = { id, x: out.x, objectives: [...objectives], violation, ...known };
      if (this.#best === undefined || compareEvaluations(told, this.#best) < 0) this.#best = told;
      if (out.start === this.#restarts) this.#learn(told, out.batch);
    }
    if (isExhausted(this.#region)) this.#restart();
  }

  state(): BayesState {
    const { seed, words } = this.#rng.state();
    return {
      rng: { seed, words: [...words] },
      asked: this.#asked,
      restarts: this.#restarts,
      design: this.#design.map((point) => [...point]),
      outstanding: [...this.#outstanding].map(([id, { x, start, batch }]) => ({ id, x: [...x], start, batch })),
      batches: [...this.#batches.values()].map((batch) => ({ ...batch })),
      told: this.#told.map(evaluationToJson),
      region: this.#region,
      model: this.#model.toJson(),
      best: this.#best === undefined ? null : evaluationToJson(this.#best),
    };
  }

  #handOut(x: Float64Array, batch: number): Candidate {
    const id = this.#asked++;
    this.#outstanding.set(id, { x, start: this.#restarts, batch });
    return { id, x: x.slice() };
  }

  #learn(told: Evaluation, batchNumber: number): void {
    const improved = this.#isBetter(told);
    if (improved) this.#centre = told;
    this.#told.push(told);
    const batch = this.#batches.get(batchNumber);
    if (batch === undefined) return;
    batch.left--;
    batch.improved ||= improved;
    if (batch.left > 0) return;
    this.#batches.delete(batchNumber);
    this.#region = afterBatch(this.#region, batch.improved, batch.size, this.#dimensions.length);
  }

  #restart(): void {
    this.#restarts++;
    this.#design = this.#newDesign([]);
    this.#told = [];
    this.#centre = undefined;
    this.#batches.clear();
    this.#region = firstTrustRegion;
    this.#model = new Surrogate(this.#dimensions.length, this.#options.refitEvery);
  }

  #newDesign(initial: readonly Float64Array[]): Float64Array[] {
    const n = this.#dimensions.length;
    const count = this.#options.initialPoints ?? Math.min(30, Math.max(8, n));
    const drawn = latinHypercube(Math.max(0, count - initial.length), n, this.#rng.fork(`design ${this.#restarts}`));
    return [...initial, ...drawn].map((point) => snapToLevels(point, this.#dimensions));
  }

  #choose(count: number, best: Evaluation, rng: Rng): Float64Array[] {
    const centre = best.x;
    const nearest = this.#nearest(centre);
    const points = nearest.map(({ x }) => x);
    const objective = objectiveTargets(nearest.map(({ objectives: [value = Infinity] }) => value));
    const constraints = constraintTargets(nearest);
    const targets = [...constraints.map(({ values }) => values), ...(objective === undefined ? [] : [objective])];
    this.#model.fit(points, targets, this.#told.length);
    const asked = [...this.#told, ...this.#outstanding.values()].map(({ x }) => x);
    const known = new KnownPoints(this.#dimensions.length, asked);
    const among = drawCandidates(
      centre,
      this.#region.length,
      this.#model.logScales,
      this.#dimensions,
      [count, Math.max(this.#options.candidates, count)],
      known,
      rng,
    );
    const plain = Array.from({ length: count }, (_, index) => (this.#asked + index) % GREEDY === 0);
    const samples = this.#model.samples(points, targets, among, plain, rng);
    const taken = new Set<number>();
    const excess = new Float64Array(among.count);
    for (let sample = 0; sample < count; sample++) {
      excess.fill(0);
      for (let c = 0; c < constraints.length; c++) {
        addExcess(excess, samples[c]?.[sample] as Float64Array, constraints[c] as ConstraintTargets);
      }
      taken.add(bestOf(excess, samples[constraints.length]?.[sample], taken));
    }
    const { values: chosen, dimensions: n } = among;
    return [...taken].map((index) => chosen.slice(index * n, (index + 1) * n));
  }

  #isBetter(told: Evaluation): boolean {
    return this.#centre === undefined || compareEvaluations(told, this.#centre) < 0;
  }

  #nearest(centre: Float64Array): Evaluation[] {
    const distances = new Float64Array(this.#told.length);
    for (let i = 0; i < distances.length; i++) {
      const { x } = this.#told[i] as Evaluation;
      let distance = 0;
      for (let d = 0; d < centre.length; d++) distance += ((x[d] as number) - (centre[d] as number)) ** 2;
      distances[i] = distance;
    }
    // Sorted by themselves, which is the quickest, they say which few to sort with the numbers of their evaluations.
    const farthest = distances.slice().sort()[this.#options.trainingPoints - 1] ?? Infinity;
    const near: number[] = [];
    for (let i = 0; i < distances.length; i++) if ((distances[i] as number) <= farthest) near.push(i);
    return near
      .sort((a, b) => (distances[a] as number) - (distances[b] as number))
      .slice(0, this.#options.trainingPoints)
      .map((index) => this.#told[index] as Evaluation);
  }
}

/** What a constraint adds to each candidate's violation, by a function drawn for it. */
function addExcess(excess: Float64Array, drawn: Float64Array, { feasibleUpTo, weight }: ConstraintTargets): void {
  for (let i = 0; i < excess.length; i++) {
    excess[i] = (excess[i] as number) + weight * Math.max(0, (drawn[i] as number) - feasibleUpTo);
  }
}

/** Of those not taken, the least value among what looks feasible; where nothing does, the least violation. */
function bestOf(excess: Float64Array, values: Float64Array | undefined, taken: ReadonlySet<number>): number {
  let best = -1;
  let [bestExcess, bestValue] = [Infinity, Infinity];
  for (let index = 0; index < excess.length; index++) {
    const own = excess[index] as number;
    const value = values?.[index] ?? 0;
    if (own > bestExcess || (own === bestExcess && value >= bestValue) || taken.has(index)) continue;
    [best, bestExcess, bestValue] = [index, own, value];
  }
  return best;
}
