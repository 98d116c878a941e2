import type { ProgressListener, ProgressUpdate } from "./progress.js";

/** A piece of the work. */
export interface ProgressPiece {
  /** @param done of what the piece counts in all */
  report(done: number): void;
  /** Counts it whole, whatever it has done: a search may end before its budget does. */
  end(): void;
}

/** The progress of work of which several pieces may be under way at once. */
export class JointProgress {
  readonly #terms: Pick<ProgressUpdate, "total" | "unit">;
  readonly #listener: ProgressListener;
  #done = 0;

  constructor(terms: Pick<ProgressUpdate, "total" | "unit">, listener: ProgressListener) {
    this.#terms = terms;
    this.#listener = listener;
  }

  /** @param size what it counts in all */
  begin(size: number, note: string): ProgressPiece {
    let counted = 0;
    const report = (done: number): void => {
      this.#done += done - counted;
      counted = done;
      this.#listener({ done: this.#done, ...this.#terms, note });
    };
    return { report, end: () => report(size) };
  }
}
