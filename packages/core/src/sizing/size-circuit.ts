import { createHash } from "node:crypto";
import type { Circuit } from "../circuit/circuit.js";
import type { CircuitFamily, Plot, Specification } from "../contracts/circuit-family.js";
import type { Deck, ModelCard } from "../contracts/deck.js";
import type { DeviceType } from "../contracts/device-type.js";
import type { Analysis, SimulationOk, Simulator } from "../contracts/simulator.js";
import type { Candidate, SizingOptimizer } from "../contracts/sizing-optimizer.js";
import { TopogenieError } from "../runtime/error.js";
import type { Rng } from "../runtime/rng.js";
import { circuitElements } from "../spice/device-under-test.js";
import {
  defaultDesignVariableOptions,
  designVariables,
  type DesignVariable,
  type DesignVariableOptions,
} from "./design-variables.js";
import { dimensionMeanings } from "./dimension-meaning.js";
import { EvaluationJournal } from "./evaluation-journal.js";
import { Evaluator, type FullOutcome, type Nodesets, type Outcome } from "./evaluation.js";
import { gmIdFirstGuesses, type FirstGuesses } from "./first-guess/index.js";
import { SizingLoop, type SizingProgress } from "./sizing-loop.js";
import { SizingProblem, type Sizing } from "./sizing-problem.js";

export interface SizeCircuitRequest {
  readonly circuit: Circuit;
  readonly family: CircuitFamily;
  readonly deviceTypes: ReadonlyMap<string, DeviceType>;
  readonly simulator: Simulator;
  readonly optimizer: SizingOptimizer;
  readonly rng: Rng;
  /**
   * A simulation is one sizing run through every bench; one answered from the cache is not counted. `seconds` counts from
   * this call, and makes the result depend on the machine.
   */
  readonly budget: { readonly simulations: number; readonly seconds?: number };
  /** Instead of the family's own. */
  readonly specification?: Specification;
  /** Measurements, or `figureOfMerit`, to better once the specification is met. Default: the figure of merit alone. */
  readonly objectives?: readonly string[];
  /** Model cards instead of the device types' own, by device type name. */
  readonly models?: ReadonlyMap<string, ModelCard>;
  readonly variables?: Partial<DesignVariableOptions>;
  /** Sizings worth starting from, after the default one. */
  readonly initial?: readonly Partial<Sizing>[];
  /**
   * `gm-id` begins, after the default sizing, with sizings whose transistors are biased (see {@link gmIdFirstGuesses}); the
   * operating points that they take are counted as simulations. Default `default`.
   */
  readonly firstGuess?: "default" | "gm-id";
  /** Candidates asked for at once. It is part of the result's seed: it must not follow the number of workers. Default 16. */
  readonly batch?: number;
  /** When to stop before the budget is spent. Default `budget`: never. */
  readonly until?: "functional" | "on-spec" | "budget";
  /** Start each operating point from the best sizing's. Default true. */
  readonly warmStart?: boolean;
  /** Evaluations are kept here and taken from here when the same sizing is started again. */
  readonly journalFile?: string;
  readonly signal?: AbortSignal;
  onProgress?(progress: SizingProgress): void;
}

/** One end, or one compromise, of a trade-off. */
export interface FrontSizing {
  readonly sizing: Sizing;
  readonly measured: Readonly<Record<string, number>>;
  readonly figureOfMerit?: number;
}

/** What came of a point that a sizing began with; all false where the budget ended before it. */
export interface StartVerdict {
  readonly functional: boolean;
  readonly onSpec: boolean;
}

export interface SizingResult {
  readonly sizing: Sizing;
  readonly variables: readonly DesignVariable[];
  /** From a cold start, as whoever runs the deck sees it; empty when no sizing could be simulated. */
  readonly measured: Readonly<Record<string, number>>;
  readonly figureOfMerit?: number;
  readonly functional: boolean;
  readonly onSpec: boolean;
  /** Sum of the constraints' relative violations; +Infinity when no sizing could be simulated. */
  readonly violation: number;
  readonly simulations: number;
  /** With `gm-id`: what was guessed; its simulations are among those above. */
  readonly firstGuess?: FirstGuesses;
  /** Of the default sizing, then of the first guesses, then of the request's own initial sizings. */
  readonly starts: readonly StartVerdict[];
  readonly failedSimulations: number;
  /** Simulations, beyond the budget, that repeated the best sizings from a cold start. */
  readonly confirmations: number;
  /** Each time that the best rose. Its figure of merit may fall where the design comes to meet the specification. */
  readonly progress: readonly SizingProgress[];
  /**
   * With several objectives, the sizings on spec of which none is better in every objective, best in the first one first; each was
   * simulated again from a cold start. Empty when none is on spec.
   */
  readonly front?: readonly FrontSizing[];
  /** How often each reason of failure occurred. */
  readonly failures: Readonly<Record<string, number>>;
  /** The benches with the best sizing written in, what is run in them, and their results, by bench name; without results when none could be simulated. */
  readonly decks: Readonly<Record<string, Deck>>;
  readonly analyses: Readonly<Record<string, readonly Analysis[]>>;
  readonly results: Readonly<Record<string, SimulationOk>>;
  readonly plots: readonly Plot[];
}

/**
 * Sizes a circuit: asks the optimizer for candidates, simulates them on all the simulator's workers, and tells the results in
 * the order of asking, so that the result does not depend on the number of workers (save that a slow machine may time out a
 * run that a fast one finishes). A failed simulation is told as the worst,
 * never lost. The best is simulated once more from a cold start, and what that run measures is reported.
 * Rejects with the signal's reason when it aborts; the journal then holds what was simulated.
 * Throws `SIZING_NOTHING_TO_CHOOSE` for a circuit without design variables, `SIZING_DECK_UNREADABLE` when the simulator can
 * read nothing of the first generation.
 */
export async function sizeCircuit(request: SizeCircuitRequest): Promise<SizingResult> {
  const { circuit, family, deviceTypes } = request;
  const benches = family.testbenches(circuitElements(circuit, deviceTypes, {}, request.models));
  const options = {
    ...defaultDesignVariableOptions,
    ...(family.bounds === undefined ? {} : { bounds: family.bounds }),
    ...request.variables,
  };
  const variables = designVariables(circuit, deviceTypes, benches, options);
  const problem = new SizingProblem(variables, dimensionMeanings(circuit, deviceTypes, variables), family.name);
  if (problem.variables.length === 0) {
    throw new TopogenieError(
      "SIZING_NOTHING_TO_CHOOSE",
      `Circuit "${circuit.name}" has nothing to size: its devices have no parameters and its benches no bias.`,
    );
  }
  const guessed =
    request.firstGuess === "gm-id" ? await gmIdFirstGuesses({ ...request, benches, variables: problem.variables }) : undefined;
  const spent = guessed?.simulations ?? 0;
  // The guess never takes all of a small budget: its sizings are worth nothing until they are simulated.
  const left = Math.max(1, request.budget.simulations - spent);
  const initial = [...(guessed?.guesses.map(({ sizing }) => sizing) ?? []), ...(request.initial ?? [])];
  const journal =
    request.journalFile === undefined
      ? undefined
      : await EvaluationJournal.open(
          request.journalFile,
          fingerprint(
            request,
            initial,
            problem,
            benches.map((bench) => bench.deck),
          ),
        );
  const parts = { circuit, deviceTypes, family, ...(request.models === undefined ? {} : { models: request.models }) };
  const evaluator = await Evaluator.open(parts, benches, request.simulator);
  const evaluate = async (candidate: Candidate, quantised: readonly number[], nodesets: Nodesets): Promise<Outcome> => {
    const known = journal?.recall(candidate.id, candidate.x);
    if (known !== undefined) return known;
    const outcome = withoutCurves(await evaluator.evaluate(problem.sizing(quantised), nodesets, request.signal));
    journal?.record(candidate.id, candidate.x, outcome);
    return outcome;
  };
  const confirm = (quantised: readonly number[]): Promise<FullOutcome> =>
    evaluator.evaluate(problem.sizing(quantised), {}, request.signal);
  try {
    const onProgress = (progress: SizingProgress): void => request.onProgress?.(counted(progress, spent));
    const settings = { ...request, budget: { ...request.budget, simulations: left }, initial, onProgress };
    const found = await new SizingLoop(settings, problem, evaluate, confirm).run();
    const sizing = problem.sizing(found.quantised);
    return {
      sizing,
      variables: problem.variables,
      measured: found.measured,
      ...(found.judgement.figureOfMerit === undefined ? {} : { figureOfMerit: found.judgement.figureOfMerit }),
      functional: found.judgement.functional,
      onSpec: found.judgement.onSpec,
      violation: found.judgement.violation,
      simulations: found.simulations + spent,
      ...(guessed === undefined ? {} : { firstGuess: guessed }),
      failedSimulations: found.failedSimulations,
      confirmations: found.confirmations,
      progress: found.progress.map((progress) => counted(progress, spent)),
      ...(found.front === undefined
        ? {}
        : {
            front: found.front.map(({ quantised, measured, judgement: { figureOfMerit } }) => ({
              sizing: problem.sizing(quantised),
              measured,
              ...(figureOfMerit === undefined ? {} : { figureOfMerit }),
            })),
          }),
      failures: found.failures,
      starts: found.starts.map((start) => ({ functional: start?.functional ?? false, onSpec: start?.onSpec ?? false })),
      decks: evaluator.decks(sizing),
      analyses: Object.fromEntries(benches.map((bench) => [bench.name, bench.analyses])),
      results: found.results,
      plots: benches.flatMap((bench) => {
        const result = found.results[bench.name];
        return result === undefined ? [] : (bench.plots?.(result) ?? []);
      }),
    };
  } finally {
    await evaluator.close();
  }
}

/** With the simulations that came before the loop. */
function counted(progress: SizingProgress, spent: number): SizingProgress {
  return spent === 0 ? progress : { ...progress, simulations: progress.simulations + spent, budget: progress.budget + spent };
}

function withoutCurves(outcome: FullOutcome): Outcome {
  return outcome.status === "ok" ? { status: "ok", measured: outcome.measured, nodes: outcome.nodes } : outcome;
}

/** Everything that an evaluation's result depends on. */
function fingerprint(
  request: SizeCircuitRequest,
  initial: readonly Partial<Sizing>[],
  problem: SizingProblem,
  decks: readonly Deck[],
): string {
  const { engine, version } = request.simulator.capabilities();
  const identity = {
    circuit: request.circuit,
    family: request.family.name,
    specification: request.specification ?? request.family.specification,
    decks,
    objectives: request.objectives,
    variables: problem.variables,
    initial,
    optimizer: request.optimizer.name,
    policy: request.optimizer.policy?.identity,
    seed: request.rng.state().seed,
    budget: request.budget.simulations,
    batch: request.batch,
    warmStart: request.warmStart,
    engine,
    version,
  };
  return createHash("sha256").update(JSON.stringify(identity)).digest("hex");
}
