export interface Concurrency {
  /** Items under way at most. */
  readonly limit: number;
  readonly signal: AbortSignal;
}

/**
 * Calls `work` for each item, begun in order, and waits for all. The first rejection is thrown after what is under way has ended,
 * which it may do at once, as its signal aborts; no further item is begun. Rejects with the signal's reason when that aborts.
 * @param work is given a signal that aborts with the caller's, and when another item fails
 * @returns what came of each item, in the order of the items
 */
export async function mapConcurrently<T, R>(
  items: readonly T[],
  { limit, signal }: Concurrency,
  work: (item: T, signal: AbortSignal) => Promise<R>,
): Promise<R[]> {
  const results = new Array<R>(items.length);
  let next = 0;
  const failures: unknown[] = [];
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  const worker = async (): Promise<void> => {
    while (next < items.length && failures.length === 0) {
      const index = next++;
      try {
        signal.throwIfAborted();
        results[index] = await work(items[index] as T, either);
      } catch (cause) {
        failures.push(cause);
        failed.abort(cause);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  if (failures.length > 0) throw failures[0];
  return results;
}
