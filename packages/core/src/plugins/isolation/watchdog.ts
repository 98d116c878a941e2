import { url as inspectorUrl } from "node:inspector";
import { Worker } from "node:worker_threads";

/** What the thread is told when it starts. */
export interface WatchdogData {
  /** `[label, calls]`: which call is under way (0 for none), and how many there have been. */
  readonly cells: Int32Array;
}

/** What the thread is told later: what a label stands for. */
export interface WatchdogLabel {
  readonly label: number;
  readonly message: string;
  readonly blockMs: number;
}

/**
 * Sees calls that block the process: a loop without end leaves no turn to a timer or to Ctrl-C. A thread of its own looks on,
 * and when a call has not returned in time says which and ends the process, as a kill would; a run can be resumed from that.
 * Entering and leaving a call are two writes to shared memory.
 */
export class Watchdog {
  readonly #cells = new Int32Array(new SharedArrayBuffer(8));
  readonly #labels = new Map<string, number>();
  #thread: Worker | undefined;

  /** A number to give to {@link enter}. */
  label(message: string, blockMs: number): number {
    const known = this.#labels.get(message);
    if (known !== undefined) return known;
    const label = this.#labels.size + 1;
    this.#labels.set(message, label);
    // Whoever stops at a breakpoint would be killed for it.
    if (inspectorUrl() === undefined) {
      this.#thread ??= this.#start();
      this.#thread.postMessage({ label, message, blockMs } satisfies WatchdogLabel);
    }
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
      workerData: { cells: this.#cells } satisfies WatchdogData,
      // No flags of the process: a test runner's loader has nothing to do here.
      execArgv: [],
      stdin: false,
    });
    thread.unref();
    return thread;
  }
}

/** One for the process: it has one main thread to watch. */
export const watchdog = new Watchdog();
