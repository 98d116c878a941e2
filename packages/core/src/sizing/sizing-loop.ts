import type { CircuitFamily, Specification } from "../contracts/circuit-family.js";
import type { SimulationOk } from "../contracts/simulator.js";
import type { Candidate, Evaluation, SizingOptimizer, Study } from "../contracts/sizing-optimizer.js";
import { TopogenieError } from "../runtime/error.js";
import type { Rng } from "../runtime/rng.js";
import { EvaluationCache } from "./evaluation-cache.js";
import type { FullOutcome, Nodesets, Outcome } from "./evaluation.js";
import { sizingObjectives, type SizingObjective } from "./objectives.js";
import { ParetoArchive, type ArchivedSizing } from "./pareto-archive.js";
import { Ranking, type RankedSizing } from "./ranking.js";
import type { Sizing, SizingProblem } from "./sizing-problem.js";
import { failedJudgement, judge, type Judgement } from "./specification.js";

export interface SizingProgress {
  readonly simulations: number;
  readonly budget: number;
  readonly violation: number;
  readonly functional: boolean;
  readonly onSpec: boolean;
  readonly figureOfMerit?: number;
}

export interface SizingLoopSettings {
  readonly family: CircuitFamily;
  readonly specification?: Specification;
  readonly objectives?: readonly string[];
  readonly optimizer: SizingOptimizer;
  readonly rng: Rng;
  readonly budget: { readonly simulations: number; readonly seconds?: number };
  readonly initial?: readonly Partial<Sizing>[];
  readonly batch?: number;
  readonly until?: "functional" | "on-spec" | "budget";
  readonly warmStart?: boolean;
  readonly signal?: AbortSignal;
  onProgress?(progress: SizingProgress): void;
}

export interface BestFound {
  readonly quantised: readonly number[];
  readonly judgement: Judgement;
  readonly measured: Readonly<Record<string, number>>;
  readonly results: Readonly<Record<string, SimulationOk>>;
  readonly simulations: number;
  readonly failedSimulations: number;
  readonly confirmations: number;
  readonly progress: readonly SizingProgress[];
  readonly failures: Readonly<Record<string, number>>;
  /** What came of the points to start from, in their order; undefined where the budget ended before. */
  readonly starts: readonly (Judgement | undefined)[];
  /** With several objectives: on spec, confirmed and dominated by none, by the first objective. */
  readonly front?: readonly ArchivedSizing[];
}

/** How many of the best may fail to repeat themselves from a cold start before the result is taken from what repeated. */
const FINALISTS = 5;
/** A small discrete problem is exhausted when nearly everything asked for is known already. */
const EVALUATIONS_PER_SIMULATION = 10;
const DEFAULT_BATCH = 16;
/** A circuit is given up when so many of its simulations had to be ended by force: each took a thousand times its share. */
const FORCED_ENDS = 16;

type Evaluate = (candidate: Candidate, quantised: readonly number[], nodesets: Nodesets) => Promise<Outcome>;

/** Asks, evaluates and tells until the budget is spent; what it does depends on the answers alone, never on their timing. */
export class SizingLoop {
  readonly #settings: SizingLoopSettings;
  readonly #problem: SizingProblem;
  readonly #evaluate: Evaluate;
  readonly #confirm: (quantised: readonly number[]) => Promise<FullOutcome>;
  readonly #cache = new EvaluationCache<Promise<Outcome>>();
  readonly #objectives: readonly SizingObjective[];
  readonly #ranking = new Ranking(FINALISTS);
  /** Kept only where there are several objectives. */
  readonly #archive: ParetoArchive | undefined;
  readonly #progress: SizingProgress[] = [];
  readonly #failures = new Map<string, number>();
  /** Judgements of the points to start from, by what they are rounded to. */
  readonly #starts = new Map<string, Judgement | undefined>();
  readonly #confirmedResults = new Map<string, Readonly<Record<string, SimulationOk>>>();
  #warm: Nodesets = {};
  #simulations = 0;
  #failed = 0;
  /** Failures in which the engine could not read the deck or a command, and the last of their reasons. */
  #unread = { count: 0, reason: "" };
  /** Simulations that ran into their time limit or took the engine with them. */
  #forcedEnds = 0;
  #confirmations = 0;

  constructor(
    settings: SizingLoopSettings,
    problem: SizingProblem,
    evaluate: Evaluate,
    confirm: (quantised: readonly number[]) => Promise<FullOutcome>,
  ) {
    this.#settings = settings;
    this.#objectives = sizingObjectives(settings.family, settings.objectives);
    this.#archive = this.#objectives.length > 1 ? new ParetoArchive() : undefined;
    this.#problem = problem;
    this.#evaluate = evaluate;
    this.#confirm = confirm;
  }

  async run(): Promise<BestFound> {
    const { optimizer, rng, budget, batch = DEFAULT_BATCH, signal, initial } = this.#settings;
    const names = this.#objectives.map(({ name }) => name);
    if (names.length > 1 && !optimizer.capabilities().multiObjective) throw singleObjective(optimizer.name, names);
    const own = this.#problem.optimization(names, budget.simulations, initial);
    for (const x of own.initial) this.#starts.set(this.#problem.quantise(x).join(","), undefined);
    const proposed = (await optimizer.policy?.propose(own, rng.fork("policy"))) ?? [];
    const optimization = { ...own, initial: [...own.initial, ...proposed] };
    const study = optimizer.start(optimization, rng.fork("optimizer"));
    const deadline = budget.seconds === undefined ? Infinity : performance.now() + budget.seconds * 1000;
    let told = 0;
    while (this.#simulations < budget.simulations && told < EVALUATIONS_PER_SIMULATION * budget.simulations) {
      signal?.throwIfAborted();
      if (performance.now() >= deadline) break;
      const asked = this.#ask(study, Math.min(batch, budget.simulations - this.#simulations));
      if (asked.length === 0) break;
      study.tell(await this.#generation(asked));
      told += asked.length;
      this.#refuseUnreadableDeck();
      if (this.#forcedEnds >= FORCED_ENDS) break;
      if (await this.#reached()) break;
    }
    await this.#confirmBest();
    await this.#confirmFront();
    return this.#found(own.initial);
  }

  #ask(study: Study, count: number): readonly Candidate[] {
    const asked = study.ask(count);
    if (asked.length > count) {
      throw new TopogenieError(
        "OPTIMIZER_ASKED_TOO_MUCH",
        `The sizing optimizer "${this.#settings.optimizer.name}" gave ${asked.length} candidates where at most ${count} were wanted. ` +
          `This is a fault of the optimizer's plugin.`,
      );
    }
    return asked;
  }

  /** Simulates a generation all at once. Every candidate starts from the same operating point, whoever finishes first. */
  async #generation(asked: readonly Candidate[]): Promise<Evaluation[]> {
    const warm = this.#warm;
    const jobs = asked.map((candidate) => {
      const quantised = this.#problem.quantise(candidate.x);
      const known = this.#cache.get(quantised);
      const outcome = known ?? this.#evaluate(candidate, quantised, warm);
      if (known === undefined) this.#cache.set(quantised, outcome);
      return { candidate, quantised, outcome, fresh: known === undefined };
    });
    const settled = await Promise.allSettled(jobs.map((job) => job.outcome));
    const evaluations: Evaluation[] = [];
    for (const [index, { candidate, quantised, fresh }] of jobs.entries()) {
      const answer = settled[index];
      if (answer?.status !== "fulfilled") throw answer?.reason;
      const judgement = this.#judge(answer.value);
      const key = quantised.join(",");
      if (this.#starts.has(key)) this.#starts.set(key, judgement);
      if (fresh) this.#count(quantised, answer.value, judgement);
      const { objectives, violation, constraints } = judgement;
      const known = constraints === undefined ? {} : { constraints };
      evaluations.push({ id: candidate.id, x: candidate.x, objectives, violation, ...known });
    }
    return evaluations;
  }

  #judge(outcome: Outcome): Judgement {
    const { family, specification } = this.#settings;
    return outcome.status === "failed"
      ? failedJudgement(this.#objectives.length)
      : judge(family, specification ?? family.specification, outcome.measured, this.#objectives);
  }

  #count(quantised: readonly number[], outcome: Outcome, judgement: Judgement): void {
    this.#simulations++;
    const { budget } = this.#settings;
    if (outcome.status === "failed") {
      this.#failed++;
      const reason = `${outcome.bench}: ${outcome.reason}`;
      this.#failures.set(reason, (this.#failures.get(reason) ?? 0) + 1);
      if (/^(timeout|crashed)/.test(outcome.reason)) this.#forcedEnds++;
      if (/^(parse_error|unsupported)/.test(outcome.reason)) this.#unread = { count: this.#unread.count + 1, reason };
    } else {
      const { measured, nodes } = outcome;
      const rose = this.#ranking.add({ key: quantised.join(","), quantised, judgement, measured, nodes, confirmed: false });
      this.#archive?.add({ quantised, judgement, measured, confirmed: false });
      if (rose) {
        if (this.#settings.warmStart ?? true) this.#warm = nodes;
        this.#progress.push(progressOf(judgement, this.#simulations, budget.simulations));
      }
    }
    const best = this.#ranking.best;
    this.#settings.onProgress?.(
      progressOf(best?.judgement ?? failedJudgement(this.#objectives.length), this.#simulations, budget.simulations),
    );
  }

  /** Sizes do not make a deck readable: when no simulation of a whole generation could be read, none ever will be. */
  #refuseUnreadableDeck(): void {
    const { count, reason } = this.#unread;
    if (count === 0 || count < this.#simulations) return;
    throw new TopogenieError(
      "SIZING_DECK_UNREADABLE",
      `None of ${count} simulations could be read by the simulator; the first generation was the last. Bench ${reason}. ` +
        `This is a fault of the circuit family "${this.#settings.family.name}", of a device type, or of a model card.`,
    );
  }

  /** Whether the goal is met by a sizing that has been confirmed. */
  async #reached(): Promise<boolean> {
    const { until = "budget" } = this.#settings;
    if (until === "budget") return false;
    const meets = (best: RankedSizing | undefined): boolean =>
      best !== undefined && (until === "functional" ? best.judgement.functional : best.judgement.onSpec);
    while (meets(this.#ranking.best)) {
      if (this.#ranking.best?.confirmed === true) return true;
      await this.#confirmFirst();
    }
    return false;
  }

  async #confirmBest(): Promise<void> {
    while (this.#ranking.best?.confirmed === false) await this.#confirmFirst();
  }

  async #confirmFirst(): Promise<void> {
    const { best } = this.#ranking;
    if (best === undefined) return;
    const { outcome, ...confirmed } = await this.#confirmed(best.quantised);
    this.#ranking.replace({ ...best, ...confirmed });
    if (outcome.status === "ok") this.#confirmedResults.set(best.key, outcome.results);
  }

  async #confirmFront(): Promise<void> {
    const next = (): ArchivedSizing | undefined => this.#archive?.front().find(({ confirmed }) => !confirmed);
    for (let open = next(); open !== undefined; open = next()) await this.#confirmed(open.quantised);
  }

  /** Simulates again from a cold start, and has the front know. */
  async #confirmed(quantised: readonly number[]) {
    this.#confirmations++;
    const outcome = await this.#confirm(quantised);
    const measured = outcome.status === "ok" ? outcome.measured : {};
    const found = { measured, judgement: this.#judge(outcome), confirmed: true };
    this.#archive?.add({ quantised, ...found });
    return { outcome, ...found };
  }

  #found(initial: readonly Float64Array[]): BestFound {
    const { best } = this.#ranking;
    return {
      quantised: best?.quantised ?? this.#problem.quantise(this.#problem.point({})),
      judgement: best?.judgement ?? failedJudgement(this.#objectives.length),
      measured: best?.measured ?? {},
      results: this.#confirmedResults.get(best?.key ?? "") ?? {},
      simulations: this.#simulations,
      failedSimulations: this.#failed,
      confirmations: this.#confirmations,
      progress: this.#progress,
      failures: Object.fromEntries(this.#failures),
      starts: initial.map((x) => this.#starts.get(this.#problem.quantise(x).join(","))),
      ...(this.#archive === undefined ? {} : { front: this.#archive.front() }),
    };
  }
}

function progressOf(judgement: Judgement, simulations: number, budget: number): SizingProgress {
  const { violation, functional, onSpec, figureOfMerit } = judgement;
  return { simulations, budget, violation, functional, onSpec, ...(figureOfMerit === undefined ? {} : { figureOfMerit }) };
}

function singleObjective(optimizer: string, objectives: readonly string[]): TopogenieError {
  return new TopogenieError(
    "OPTIMIZER_SINGLE_OBJECTIVE",
    `The sizing optimizer "${optimizer}" takes one objective and was given ${objectives.length}: ${objectives.join(", ")}. ` +
      `Leave one in sizing.objectives, or choose an optimizer for several, such as nsga2.`,
  );
}
