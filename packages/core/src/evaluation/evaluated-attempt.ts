import type { AttemptVerdict } from "../verification/climb-ladder.js";
import type { FunctionalOutcome } from "./functional-rungs.js";

/** What became of an attempt on the whole ladder: one line of `attempts.jsonl`. */
export interface EvaluatedAttempt extends AttemptVerdict {
  readonly name: string;
  /** The type of circuit that was asked for. */
  readonly asked?: string;
  /** What the circuit was judged as: what was asked for, else its label, else what the classifier takes it for. */
  readonly family?: string;
  /** What the classifier takes it for, whatever was asked. */
  readonly classified?: string;
  /** The training circuit nearest to it, see `circuitDistance`. */
  readonly nearest?: { readonly circuit: string; readonly distance: number };
  readonly best?: FunctionalOutcome["best"];
}
