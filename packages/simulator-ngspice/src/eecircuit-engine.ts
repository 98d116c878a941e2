import { Worker } from "node:worker_threads";
import { EngineDied, TopogenieError, type EngineAnswer, type EngineJob, type SpiceEngine } from "@topogenie/core";
import type { FromWorker, ToWorker, WorkerSetup } from "./protocol.js";

/** Loading 12 MB of WebAssembly takes 0.3 s on an idle machine. */
const START_TIMEOUT_MS = 60_000;

/** One ngspice in a worker thread of its own: whatever it does, ending the thread ends it. */
export class EecircuitEngine implements SpiceEngine {
  readonly #worker: Worker;
  readonly #wake: Int32Array;
  #pending: { resolve(answer: EngineAnswer): void; reject(error: Error): void } | undefined;
  #ready: (() => void) | undefined;
  #lastWords = "";
  #death: EngineDied | undefined;

  private constructor() {
    const wake = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
    this.#wake = new Int32Array(wake);
    this.#worker = new Worker(new URL("./worker.js", import.meta.url), {
      workerData: { wake } satisfies WorkerSetup,
      // Not the parent's: some of its flags are about its own main module.
      execArgv: [],
    });
    this.#worker.on("message", (message: FromWorker) => {
      this.#receive(message);
    });
    this.#worker.on("error", (error) => {
      this.#lastWords = `${error.message}\n${this.#lastWords}`;
    });
    this.#worker.on("exit", () => {
      this.#die();
    });
  }

  /** Throws `SIMULATOR_NOT_STARTED` after the time limit: that says something about the machine, and nothing about a circuit. */
  static async start(timeoutMs = START_TIMEOUT_MS): Promise<EecircuitEngine> {
    const engine = new EecircuitEngine();
    let timer: NodeJS.Timeout | undefined;
    try {
      await new Promise<void>((resolve, reject) => {
        engine.#ready = resolve;
        engine.#pending = { resolve: () => undefined, reject };
        timer = setTimeout(() => {
          reject(
            new TopogenieError(
              "SIMULATOR_NOT_STARTED",
              `ngspice did not start within ${timeoutMs} ms: the machine is too busy, or short of memory. ` +
                "Lower `workers` in the config or wait until the machine is free, then go on with --resume.",
            ),
          );
        }, timeoutMs);
      });
    } catch (error) {
      await engine.kill();
      throw error;
    } finally {
      clearTimeout(timer);
    }
    engine.#pending = undefined;
    engine.#worker.unref();
    return engine;
  }

  execute(job: EngineJob): Promise<EngineAnswer> {
    return new Promise((resolve, reject) => {
      if (this.#death !== undefined) {
        reject(this.#death);
        return;
      }
      this.#pending = { resolve, reject };
      this.#worker.ref();
      this.#worker.postMessage(job satisfies ToWorker);
      Atomics.add(this.#wake, 0, 1);
      Atomics.notify(this.#wake, 0);
    });
  }

  async kill(): Promise<void> {
    // Whoever waits for the end must see it, even where nothing else keeps the process alive.
    this.#worker.ref();
    await this.#worker.terminate();
  }

  #receive(message: FromWorker): void {
    switch (message.kind) {
      case "ready":
        this.#ready?.();
        return;
      case "last words":
        this.#lastWords += message.log;
        return;
      case "answer": {
        const pending = this.#pending;
        this.#pending = undefined;
        this.#worker.unref();
        pending?.resolve(message);
      }
    }
  }

  #die(): void {
    const words = this.#lastWords.trim().split("\n").slice(-6).join(" | ").slice(-600);
    this.#death = new EngineDied(`the engine ended by itself${words === "" ? "" : `; it said: ${words}`}`);
    this.#pending?.reject(this.#death);
    this.#pending = undefined;
  }
}
