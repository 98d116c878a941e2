/** One promise of a contract. Made for any test runner: `for (const { name, run } of checks) it(name, run)`. */
export interface ConformanceCheck {
  readonly name: string;
  /** Throws an error that says which promise was broken, and by what. */
  readonly run: () => void | Promise<void>;
}

/** Throws with `message` when the promise does not hold. */
export function promise(holds: boolean, message: string): asserts holds {
  if (!holds) throw new Error(message);
}
