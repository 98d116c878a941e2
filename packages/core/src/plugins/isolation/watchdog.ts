import { url as inspectorUrl } from "node:inspector";
import { isMainThread, Worker } from "node:worker_threads";

/** What the thread is told when it starts. */
export interface WatchdogData {
  /** `[label, calls, beats]`: which call is under way (0 for none), how many there have been, turns of the event loop. */
  readonly cells: Int32Array;
  /** Whether Ctrl-C ends the process when the main thread is too busy to hear it. */
  readonly endsOnInterrupt: boolean;
}

/** What the thread is told later: what a label stands for. */
export interface WatchdogLabel {
  readonly label: number;
  /** The plugin and the call, as the beginning of a sentence. */
  readonly call: string;
  /** What to say when the call does not return. */
  readonly message: string;
  readonly blockMs: number;
}

const BEAT_MS = 200;

/**
 * Sees calls that block the process: a loop without end leaves no turn to a timer or to Ctrl-C. A thread of its own looks on,
 * and when a call has not returned in time says which and ends the process, as a kill would; a run can be resumed from that.
 * Entering and leaving a call are two writes to shared memory.
 */
export class Watchdog {
  readonly #cells = new Int32Array(new SharedArrayBuffer(12));
  readonly #labels = new Map<string, number>();
  #thread: Worker | undefined;
  #endsOnInterrupt = false;

  /** To be called before {@link watch}. */
  endOnInterrupt(): void {
    this.#endsOnInterrupt = isMainThread;
  }

  /** Whoever stops at a breakpoint would be killed for it: nothing is watched where a debugger is attached. */
  watch(): Worker | undefined {
    if (inspectorUrl() === undefined) this.#thread ??= this.#start();
    return this.#thread;
  }

  /** A number to give to {@link enter}. */
  label(call: string, message: string, blockMs: number): number {
    const known = this.#labels.get(message);
    if (known !== undefined) return known;
    const label = this.#labels.size + 1;
    this.#labels.set(message, label);
    this.watch()?.postMessage({ label, call, message, blockMs } satisfies WatchdogLabel);
    return label;
  }

  /** @returns what to give to {@link leave} */
  enter(label: number): number {
    Atomics.add(this.#cells, 1, 1);
    return Atomics.exchange(this.#cells, 0, label);
  }

  leave(outer: number): void {
    Atomics.store(this.#cells, 0, outer);
  }

  #start(): Worker {
    const thread = new Worker(new URL("./watchdog-thread.js", import.meta.url), {
      workerData: { cells: this.#cells, endsOnInterrupt: this.#endsOnInterrupt } satisfies WatchdogData,
      // No flags of the process: a test runner's loader has nothing to do here.
      execArgv: [],
      stdin: false,
    });
    thread.unref();
    if (this.#endsOnInterrupt) setInterval(() => Atomics.add(this.#cells, 2, 1), BEAT_MS).unref();
    return thread;
  }
}

/** One for the process: it has one main thread to watch. */
export const watchdog = new Watchdog();

/**
 * For programs that hear Ctrl-C themselves: from the loading of plugins on it ends the process within seconds also where a plugin
 * blocks it, saying which.
 */
export function endBlockedOnInterrupt(): void {
  watchdog.endOnInterrupt();
}
