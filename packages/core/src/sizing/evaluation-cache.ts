/** Results by exact quantised point: two candidates that would be drawn alike are simulated once. */
export class EvaluationCache<T> {
  readonly #results = new Map<string, T>();

  get(values: readonly number[]): T | undefined {
    return this.#results.get(key(values));
  }

  set(values: readonly number[], result: T): void {
    this.#results.set(key(values), result);
  }

  get size(): number {
    return this.#results.size;
  }
}

/** The shortest text that reads back as the same number stands for it, so the key is exact. */
function key(values: readonly number[]): string {
  return values.join(",");
}
