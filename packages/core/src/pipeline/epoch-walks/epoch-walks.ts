import { Worker } from "node:worker_threads";
import { TopogenieError } from "../../runtime/error.js";
import type { EpochAnswer, EpochRequest, EpochWalksSetup } from "./messages.js";

interface Pending<T> {
  resolve(value: T): void;
  reject(error: Error): void;
}

/** Draws an epoch's sentences in a thread of its own, while the model trains on the epoch before. */
export class EpochWalks {
  readonly #worker: Worker;
  readonly #pending = new Map<number, Pending<Int32Array[]>>();
  #ready: Pending<void> | undefined;
  #failure: TopogenieError | undefined;

  private constructor(setup: EpochWalksSetup) {
    this.#worker = new Worker(new URL("./worker.js", import.meta.url), {
      workerData: setup,
      // Not the parent's: some of its flags are about its own main module.
      execArgv: [],
    });
    this.#worker.on("message", (answer: EpochAnswer) => {
      this.#receive(answer);
    });
    this.#worker.on("error", (error) => {
      this.#fail(error instanceof Error ? error.message : String(error));
    });
    this.#worker.on("exit", () => {
      this.#fail("it ended");
    });
  }

  /** Throws `WALKS_WORKER_FAILED` when a plugin cannot be loaded in a thread: before the training, not hours into it. */
  static async start(setup: EpochWalksSetup): Promise<EpochWalks> {
    const walks = new EpochWalks(setup);
    try {
      await new Promise<void>((resolve, reject) => (walks.#ready = { resolve, reject }));
      return walks;
    } catch (error) {
      await walks.dispose();
      throw error;
    }
  }

  /** Every training circuit once, by the walk of this epoch. */
  draw(epoch: number): Promise<Int32Array[]> {
    return new Promise((resolve, reject) => {
      if (this.#failure !== undefined) {
        reject(this.#failure);
        return;
      }
      this.#pending.set(epoch, { resolve, reject });
      this.#worker.postMessage(epoch satisfies EpochRequest);
    });
  }

  async dispose(): Promise<void> {
    await this.#worker.terminate();
  }

  #receive(answer: EpochAnswer): void {
    if (answer.kind === "ready") this.#ready?.resolve();
    else if (answer.kind === "failed") this.#fail(answer.reason);
    else {
      const { epoch, ids, offsets } = answer;
      this.#pending.get(epoch)?.resolve([...offsets.subarray(1)].map((end, index) => ids.subarray(offsets[index], end)));
      this.#pending.delete(epoch);
    }
  }

  #fail(reason: string): void {
    this.#failure ??= new TopogenieError(
      "WALKS_WORKER_FAILED",
      `New walks for the training are drawn in a worker thread, and that failed: ${reason}. If a plugin cannot be used in a ` +
        "thread, set train.walks: written, which trains on the walks of the encode stage in turn (encode.walks: how many).",
    );
    const error = this.#failure;
    this.#ready?.reject(error);
    for (const waiting of this.#pending.values()) waiting.reject(error);
    this.#pending.clear();
  }
}
