import { nonDominated } from "./dominance.js";
import type { Judgement } from "./specification.js";

export interface ArchivedSizing {
  readonly quantised: readonly number[];
  readonly judgement: Judgement;
  readonly measured: Readonly<Record<string, number>>;
  /** Simulated again from a cold start, as a reader of its netlist will. */
  readonly confirmed: boolean;
}

/** Every sizing that met the specification. */
export class ParetoArchive {
  readonly #sizings = new Map<string, ArchivedSizing>();

  /** Takes the place of what is known of the same sizing; one that does not meet the specification is dropped. */
  add(sizing: ArchivedSizing): void {
    const key = sizing.quantised.join(",");
    if (sizing.judgement.violation === 0) this.#sizings.set(key, sizing);
    else this.#sizings.delete(key);
  }

  /** Those that no other dominates, by the first objective. */
  front(): readonly ArchivedSizing[] {
    const first = ({ judgement }: ArchivedSizing): number => judgement.objectives[0] ?? Infinity;
    return nonDominated([...this.#sizings.values()], ({ judgement }) => judgement).sort((a, b) => first(a) - first(b));
  }
}
