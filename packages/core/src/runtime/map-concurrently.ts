/**
 * Calls `work` for each item, at most `limit` at a time and begun in order, and waits for all. The first rejection is thrown after
 * what is under way has ended, which `failed` lets it do at once; no further item is begun.
 * @returns what came of each item, in the order of the items
 */
export async function mapConcurrently<T, R>(
  items: readonly T[],
  limit: number,
  work: (item: T, index: number, failed: AbortSignal) => Promise<R>,
): Promise<R[]> {
  const results = new Array<R>(items.length);
  let next = 0;
  const failures: unknown[] = [];
  const failed = new AbortController();
  const worker = async (): Promise<void> => {
    while (next < items.length && failures.length === 0) {
      const index = next++;
      try {
        results[index] = await work(items[index] as T, index, failed.signal);
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
