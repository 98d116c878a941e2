import { TopogenieError } from "../runtime/error.js";
import { JsonLinesLog } from "../runtime/json-lines.js";
import type { Outcome } from "./evaluation.js";

type Entry =
  | { readonly kind: "sizing"; readonly version: number; readonly fingerprint: string }
  | { readonly kind: "evaluation"; readonly id: number; readonly x: readonly number[]; readonly outcome: Outcome };

const VERSION = 1;

/**
 * What a sizing has simulated, a line an evaluation, written as each one ends. A sizing that is started again with the same
 * journal asks its optimizer afresh from the seed and takes the answers from here, so it goes on exactly where it was killed.
 */
export class EvaluationJournal {
  readonly #file: string;
  readonly #log: JsonLinesLog<Entry>;
  readonly #known: ReadonlyMap<number, Extract<Entry, { kind: "evaluation" }>>;

  private constructor(file: string, log: JsonLinesLog<Entry>, entries: readonly Entry[]) {
    this.#file = file;
    this.#log = log;
    this.#known = new Map(entries.flatMap((entry) => (entry.kind === "evaluation" ? [[entry.id, entry]] : [])));
  }

  /**
   * Opens or begins the journal of one sizing. A last line torn by a kill is cut off.
   * Throws `SIZING_JOURNAL_MISMATCH` when the file belongs to another sizing.
   */
  static async open(file: string, fingerprint: string): Promise<EvaluationJournal> {
    const { log, entries } = await JsonLinesLog.open<Entry>(file);
    const [header] = entries;
    if (header === undefined) log.append({ kind: "sizing", version: VERSION, fingerprint });
    else if (header.kind !== "sizing" || header.version !== VERSION || header.fingerprint !== fingerprint) throw mismatch(file);
    return new EvaluationJournal(file, log, entries);
  }

  /** Throws `SIZING_JOURNAL_MISMATCH` when candidate `id` was another point then. */
  recall(id: number, x: Float64Array): Outcome | undefined {
    const entry = this.#known.get(id);
    if (entry === undefined) return undefined;
    if (entry.x.length !== x.length || entry.x.some((coordinate, index) => coordinate !== x[index])) throw mismatch(this.#file);
    return entry.outcome;
  }

  record(id: number, x: Float64Array, outcome: Outcome): void {
    this.#log.append({ kind: "evaluation", id, x: [...x], outcome });
  }
}

function mismatch(file: string): TopogenieError {
  return new TopogenieError(
    "SIZING_JOURNAL_MISMATCH",
    `${file} is the journal of another sizing (its circuit, family, optimizer, seed or budget differ). ` +
      `Delete the file to begin this one anew.`,
  );
}
