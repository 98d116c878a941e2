import type { Deck, DeckElement, ElementKind, ModelCard } from "../../contracts/deck.js";
import type {
  AnalysisKind,
  AnalysisResult,
  RunRequest,
  SimulationOk,
  SimulationResult,
  Simulator,
  SimulatorCapabilities,
  SimulatorSession,
} from "../../contracts/simulator.js";
import { promise, type BehaviourCheck } from "../conformance-check.js";

export type CreateSimulator = () => Promise<Simulator>;

/** Generous: what is tested is whether an answer is right, on a machine that may be busy. */
export const PATIENT_MS = 30_000;

export function deckOf(elements: readonly DeckElement[], models: readonly ModelCard[] = []): Deck {
  return { title: "conformance", elements, models };
}

/** What a check needs beyond the operating point of resistors and voltage sources, which every simulator has. */
export interface Needs {
  readonly elements?: readonly ElementKind[];
  readonly analyses?: readonly AnalysisKind[];
}

/** A check that applies where the simulator's capabilities hold what it needs. */
export interface SimulatorCheck extends BehaviourCheck {
  applies(capabilities: SimulatorCapabilities): boolean;
}

/** One check on the suite's simulator, which {@link simulatorConformance} makes and whose last check disposes of it. */
export function simulatorCheck(
  shared: SharedSimulator,
  name: string,
  { elements = [], analyses = [] }: Needs,
  body: (simulator: Simulator) => Promise<void>,
): SimulatorCheck {
  return {
    name,
    applies: (able) =>
      elements.every((kind) => able.elements.includes(kind)) && analyses.every((kind) => able.analyses.includes(kind)),
    run: async () => body(await shared.get()),
  };
}

/** What a deck and a request need. */
export function needsOf(deck: Deck, request: RunRequest): Needs {
  return { elements: deck.elements.map(({ kind }) => kind), analyses: request.analyses.map(({ kind }) => kind) };
}

/** Starting an engine takes longer than most checks, so they share one simulator; what one does must not harm the next. */
export class SharedSimulator {
  readonly create: CreateSimulator;
  #simulator: Promise<Simulator> | undefined;

  constructor(create: CreateSimulator) {
    this.create = create;
  }

  get(): Promise<Simulator> {
    this.#simulator ??= this.create();
    return this.#simulator;
  }
}

export async function withSession<T>(
  simulator: Simulator,
  deck: Deck,
  body: (session: SimulatorSession) => Promise<T>,
): Promise<T> {
  const session = await simulator.open(deck);
  try {
    return await body(session);
  } finally {
    await session.close();
  }
}

export function okResult(result: SimulationResult): SimulationOk {
  promise(
    result.status === "ok",
    `expected a result, got ${result.status === "ok" ? "" : `${result.status}: ${result.message}`}`,
  );
  return result;
}

/** The first result of a kind. */
export function resultOf<K extends AnalysisKind>(result: SimulationResult, kind: K): Extract<AnalysisResult, { kind: K }> {
  const found = okResult(result).analyses.find((analysis) => analysis.kind === kind);
  promise(found !== undefined, `the run has no ${kind} result`);
  return found as Extract<AnalysisResult, { kind: K }>;
}

/** Throws unless `actual` is within `tolerance` of `expected`, relative to it (absolute when it is 0). */
export function near(what: string, actual: number | undefined, expected: number, tolerance: number): void {
  const error = Math.abs((actual ?? Number.NaN) - expected) / (expected === 0 ? 1 : Math.abs(expected));
  promise(error <= tolerance, `${what} is ${String(actual)}, expected ${expected} within ${tolerance}`);
}

/** Throws unless the promise is rejected; returns what it was rejected with. */
export async function rejection(what: string, pending: Promise<unknown>): Promise<unknown> {
  const outcome = await pending.then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
  promise(outcome !== undefined, `${what} was expected to reject`);
  return outcome.error;
}
