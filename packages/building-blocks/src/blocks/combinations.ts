/** Every way to take one of each list, by the list's name; the last list turns fastest, as in nested loops. */
export function* combinations<T extends object>(lists: {
  readonly [K in keyof T]: readonly T[K][];
}): Generator<T> {
  const entries = Object.entries<readonly unknown[]>(lists);
  yield* extend({}, 0);

  function* extend(chosen: Readonly<Record<string, unknown>>, depth: number): Generator<T> {
    const entry = entries[depth];
    if (entry === undefined) {
      yield chosen as T;
      return;
    }
    const [name, options] = entry;
    for (const option of options) yield* extend({ ...chosen, [name]: option }, depth + 1);
  }
}
