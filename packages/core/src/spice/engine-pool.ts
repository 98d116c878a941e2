import { setMaxListeners } from "node:events";
import { TopogenieError } from "../runtime/error.js";
import { EngineDied, type EngineAnswer, type EngineJob, type SpiceEngine, type StartEngine } from "./spice-engine.js";

export interface PoolSettings {
  /** Engines at most, each started when first needed. */
  readonly size: number;
  /** An engine is replaced after so many tasks. */
  readonly recycleAfterRuns: number;
  /** An engine is replaced when it occupies more, in bytes. */
  readonly memoryLimitBytes: number;
}

/** What a task sees of the engine that it was given. */
export interface Seat<State> {
  /** Belongs to this engine; new with every new engine. */
  readonly state: State;
  execute(job: EngineJob): Promise<EngineAnswer>;
  /** Replaces the engine after this task: it is in a state that nobody vouches for. */
  distrust(): void;
}

export interface PoolTask<State, Result> {
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
  /** Aborts when the session is closed. */
  readonly closed: AbortSignal;
  /** Whether an engine in this state can start at once; another is taken only when none that suits is idle. */
  suits(state: State): boolean;
  work(seat: Seat<State>): Promise<Result>;
}

export type PoolOutcome<Result> =
  | { readonly kind: "done"; readonly result: Result }
  | { readonly kind: "timeout" }
  | { readonly kind: "died"; readonly message: string };

interface Slot<State> {
  engine: SpiceEngine | undefined;
  state: State;
  runs: number;
  busy: boolean;
}

interface Waiting<State> {
  suits(state: State): boolean;
  start(slot: Slot<State>): void;
}

/**
 * Engines that each do one task at a time; tasks wait their turn in the order of asking. The clock runs here, outside
 * the engines: one that hangs is killed and replaced.
 */
export class EnginePool<State> {
  readonly #slots: Slot<State>[];
  readonly #queue: Waiting<State>[] = [];
  readonly #dying = new Set<Promise<void>>();
  readonly #disposal = new AbortController();
  readonly #start: StartEngine;
  readonly #newState: () => State;
  readonly #settings: PoolSettings;

  constructor(settings: PoolSettings, start: StartEngine, newState: () => State) {
    this.#settings = settings;
    this.#start = start;
    this.#newState = newState;
    this.#slots = Array.from({ length: settings.size }, () => ({ engine: undefined, state: newState(), runs: 0, busy: false }));
  }

  get size(): number {
    return this.#settings.size;
  }

  /** Rejects when a signal aborts (at once, wherever the task is), when the pool is disposed, or with what `work` throws. */
  run<Result>(task: PoolTask<State, Result>): Promise<PoolOutcome<Result>> {
    return new Promise((resolve, reject) => {
      const signals = [task.closed, this.#disposal.signal, ...(task.signal === undefined ? [] : [task.signal])];
      let slotInUse: Slot<State> | undefined;
      let timer: NodeJS.Timeout | undefined;
      let settled = false;
      const settle = (end: () => void): void => {
        if (settled) return;
        settled = true;
        clearTimeout(timer);
        for (const signal of signals) signal.removeEventListener("abort", onAbort);
        end();
      };
      const onAbort = (): void => {
        settle(() => {
          const index = this.#queue.indexOf(waiting);
          if (index >= 0) this.#queue.splice(index, 1);
          if (slotInUse !== undefined) this.#free(slotInUse, true);
          reject(abortReason(signals));
        });
      };
      const waiting: Waiting<State> = {
        suits: (state) => task.suits(state),
        start: (slot) => {
          slotInUse = slot;
          this.#work(slot, task, () => {
            timer = setTimeout(() => {
              settle(() => {
                this.#free(slot, true);
                resolve({ kind: "timeout" });
              });
            }, task.timeoutMs);
          }).then(
            ({ outcome, keep }) => {
              settle(() => {
                this.#free(slot, !keep);
                resolve(outcome);
              });
            },
            (error: unknown) => {
              settle(() => {
                this.#free(slot, true);
                reject(error instanceof Error ? error : new Error(String(error)));
              });
            },
          );
        },
      };
      if (signals.some((signal) => signal.aborted)) {
        reject(abortReason(signals));
        return;
      }
      // Every run listens, and any number of runs may wait.
      setMaxListeners(0, ...signals);
      for (const signal of signals) signal.addEventListener("abort", onAbort, { once: true });
      this.#queue.push(waiting);
      this.#dispatch();
    });
  }

  /** Rejects whatever is under way and ends every engine. */
  async dispose(): Promise<void> {
    this.#disposal.abort(
      new TopogenieError("SIMULATOR_DISPOSED", "The simulator was disposed of; nothing more can be run on it."),
    );
    for (const slot of this.#slots) this.#retire(slot);
    while (this.#dying.size > 0) await Promise.all(this.#dying);
  }

  #dispatch(): void {
    while (this.#queue.length > 0) {
      const idle = this.#slots.filter((slot) => !slot.busy);
      const [next] = this.#queue;
      if (next === undefined || idle.length === 0) return;
      const slot =
        idle.find(({ engine, state }) => engine !== undefined && next.suits(state)) ??
        idle.find(({ engine }) => engine !== undefined) ??
        idle[0];
      if (slot === undefined) return;
      this.#queue.shift();
      slot.busy = true;
      next.start(slot);
    }
  }

  async #work<Result>(
    slot: Slot<State>,
    task: PoolTask<State, Result>,
    startClock: () => void,
  ): Promise<{ outcome: PoolOutcome<Result>; keep: boolean }> {
    const verdict = { trusted: true };
    try {
      const engine = (slot.engine ??= await this.#startEngine(slot));
      startClock();
      let memoryBytes = 0;
      const result = await task.work({
        state: slot.state,
        execute: async (job) => {
          const answer = await engine.execute(job);
          memoryBytes = answer.memoryBytes ?? 0;
          return answer;
        },
        distrust: () => {
          verdict.trusted = false;
        },
      });
      slot.runs++;
      const worn = slot.runs >= this.#settings.recycleAfterRuns || memoryBytes > this.#settings.memoryLimitBytes;
      return { outcome: { kind: "done", result }, keep: verdict.trusted && !worn };
    } catch (error) {
      if (error instanceof EngineDied) return { outcome: { kind: "died", message: error.message }, keep: false };
      throw error;
    }
  }

  async #startEngine(slot: Slot<State>): Promise<SpiceEngine> {
    const { state } = slot;
    const engine = await this.#start();
    // The task may have been aborted, and the slot given away, while the engine was starting.
    if (slot.state !== state || this.#disposal.signal.aborted) {
      this.#bury(engine);
      throw new EngineDied("the engine was no longer wanted when it had started");
    }
    return engine;
  }

  #free(slot: Slot<State>, replace: boolean): void {
    if (replace) this.#retire(slot);
    slot.busy = false;
    this.#dispatch();
  }

  #retire(slot: Slot<State>): void {
    const { engine } = slot;
    slot.engine = undefined;
    slot.state = this.#newState();
    slot.runs = 0;
    if (engine !== undefined) this.#bury(engine);
  }

  #bury(engine: SpiceEngine): void {
    const dying = engine.kill().finally(() => this.#dying.delete(dying));
    this.#dying.add(dying);
  }
}

function abortReason(signals: readonly AbortSignal[]): Error {
  const reason: unknown = signals.find((signal) => signal.aborted)?.reason;
  return reason instanceof Error ? reason : new TopogenieError("ABORTED", String(reason));
}
