import type { CircuitParts } from "../circuit/circuit.js";
import type { Verdict } from "../verification/ladder.js";

/** One line of `4-generate/attempts.jsonl`: a sentence as it was written. */
export interface Attempt {
  readonly attempt: number;
  /** Start and end tokens left out. */
  readonly tokens: readonly string[];
  /** Whether the sentence ended by itself. */
  readonly ended: boolean;
}

/** One line of `5-verify/verdicts.jsonl`: what became of an attempt, and the circuit that it is. */
export interface AttemptVerdict extends Verdict {
  /** Hash of the canonical form; absent when it did not decode. */
  readonly id?: string;
  readonly circuit?: CircuitParts;
}
