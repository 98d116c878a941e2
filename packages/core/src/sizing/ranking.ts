import { compareEvaluations } from "./evaluation-order.js";
import type { Nodesets } from "./evaluation.js";
import type { Judgement } from "./specification.js";

/** A sizing that was tried and what came of it. */
export interface RankedSizing {
  readonly key: string;
  readonly quantised: readonly number[];
  readonly judgement: Judgement;
  readonly measured: Readonly<Record<string, number>>;
  readonly nodes: Nodesets;
  /** Simulated again from a cold start, as a reader of its netlist will. */
  readonly confirmed: boolean;
}

/** The best few sizings, best first; of equals the one told first. */
export class Ranking {
  readonly #limit: number;
  #entries: readonly RankedSizing[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  get best(): RankedSizing | undefined {
    return this.#entries[0];
  }

  /** Returns whether it is now the best. */
  add(entry: RankedSizing): boolean {
    if (this.#entries.some((other) => other.key === entry.key)) return false;
    const after = this.#entries.findIndex((other) => compareEvaluations(entry.judgement, other.judgement) < 0);
    const at = after < 0 ? this.#entries.length : after;
    this.#entries = [...this.#entries.slice(0, at), entry, ...this.#entries.slice(at)].slice(0, this.#limit);
    return at === 0;
  }

  /** Takes its place again by what was found on a second look. */
  replace(entry: RankedSizing): void {
    this.#entries = this.#entries.filter((other) => other.key !== entry.key);
    this.add(entry);
  }
}
