/** How long a plugin may take before it counts as hanging, in milliseconds. */
export interface Patience {
  /** For an answer that needs no long work: making a thing, opening a deck; for a run, beyond the run's own limit. */
  readonly answerMs: number;
  /** For a step of a model, or its weights. */
  readonly modelMs: number;
  /** For putting things away. */
  readonly disposeMs: number;
  /** For a call that blocks the process. */
  readonly blockMs: number;
}

/** Far above what any honest plugin needs on a slow and busy machine. */
export const defaultPatience: Patience = { answerMs: 120_000, modelMs: 1_800_000, disposeMs: 10_000, blockMs: 600_000 };
