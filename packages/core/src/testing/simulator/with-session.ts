import type { Deck, DeckElement, ModelCard } from "../../contracts/deck.js";
import type {
  AnalysisKind,
  AnalysisResult,
  SimulationOk,
  SimulationResult,
  Simulator,
  SimulatorSession,
} from "../../contracts/simulator.js";
import { promise, type ConformanceCheck } from "../conformance-check.js";

export type CreateSimulator = () => Promise<Simulator>;

/** Generous: what is tested is whether an answer is right, on a machine that may be busy. */
export const PATIENT_MS = 30_000;

export function deckOf(elements: readonly DeckElement[], models: readonly ModelCard[] = []): Deck {
  return { title: "conformance", elements, models };
}

/** One check on the suite's simulator, which the first check creates and {@link simulatorConformance} ends by disposing. */
export function simulatorCheck(
  shared: SharedSimulator,
  name: string,
  body: (simulator: Simulator) => Promise<void>,
): ConformanceCheck {
  return { name, run: async () => body(await shared.get()) };
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
