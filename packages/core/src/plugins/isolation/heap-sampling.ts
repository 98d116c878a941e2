import { Session, type HeapProfiler } from "node:inspector";

/** V8's own sampling of what is allocated: one in so many bytes is noted, with the functions under way, until it is collected. */
export class HeapSampling {
  readonly #session = new Session();

  /** @param intervalBytes between two samples, on average */
  constructor(intervalBytes: number) {
    this.#session.connect();
    this.#session.post("HeapProfiler.startSampling", { samplingInterval: intervalBytes });
  }

  /**
   * What was allocated since the sampling began and is still held, as bytes by call stack; undefined where another session has
   * ended the sampling. All garbage is collected for it.
   */
  held(): HeapProfiler.SamplingHeapProfileNode | undefined {
    let head: HeapProfiler.SamplingHeapProfileNode | undefined;
    // A session of the own thread answers before `post` returns.
    this.#session.post("HeapProfiler.getSamplingProfile", (error, answer) => {
      if (error === null) head = answer.profile.head;
    });
    return head;
  }

  end(): void {
    this.#session.disconnect();
  }
}
