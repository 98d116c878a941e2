interface Waiting {
  readonly limitMs: number;
  readonly giveUp: () => void;
}

const TICK_MS = 500;

/**
 * Waits for runs that queue for workers: one may begin long after it was asked for, so it is not the time of each that counts,
 * but the time in which none of them ended. Turns of a timer are counted rather than the clock, since a process that was
 * busy with itself has not waited.
 */
export class RunWatch {
  readonly #waiting = new Set<Waiting>();
  #timer: NodeJS.Timeout | undefined;
  #quietMs = 0;

  /**
   * @param limitMs how long the run may take once it is begun
   * @param hangs what to reject with when nothing has ended for longer than any run may take
   */
  wait<T>(limitMs: number, hangs: () => Error, work: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const waiting: Waiting = { limitMs, giveUp: () => reject(hangs()) };
      this.#waiting.add(waiting);
      this.#timer ??= setInterval(() => this.#tick(), TICK_MS);
      const ended = (): void => {
        this.#waiting.delete(waiting);
        // The turn under way began before this end.
        this.#quietMs = -TICK_MS;
        if (this.#waiting.size === 0) this.#stop();
      };
      work().then(
        (value) => {
          ended();
          resolve(value);
        },
        (error: unknown) => {
          ended();
          reject(error instanceof Error ? error : new Error(String(error)));
        },
      );
    });
  }

  #tick(): void {
    this.#quietMs += TICK_MS;
    if (this.#quietMs <= Math.max(...[...this.#waiting].map(({ limitMs }) => limitMs))) return;
    const hanging = [...this.#waiting];
    this.#waiting.clear();
    this.#stop();
    for (const { giveUp } of hanging) giveUp();
  }

  #stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#quietMs = 0;
  }
}
