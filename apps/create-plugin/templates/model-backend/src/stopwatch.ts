/** Adds up how often something was done and how long it took. */
export class Stopwatch {
  readonly #totals = new Map<string, { calls: number; ms: number }>();

  /** A call that fails counts as well: its time was spent. */
  async time<T>(what: string, work: () => Promise<T>): Promise<T> {
    const began = performance.now();
    try {
      return await work();
    } finally {
      const total = this.#totals.get(what) ?? { calls: 0, ms: 0 };
      this.#totals.set(what, { calls: total.calls + 1, ms: total.ms + performance.now() - began });
    }
  }

  /** For people: the dearest first. */
  lines(): string[] {
    return [...this.#totals]
      .sort(([, a], [, b]) => b.ms - a.ms)
      .map(([what, { calls, ms }]) => `${what}: ${calls} calls, ${ms.toFixed(0)} ms, ${(ms / calls).toFixed(2)} ms each`);
  }
}
