import { Circuit, type CircuitParts } from "../circuit/circuit.js";
import { DecodeError } from "../contracts/decode-error.js";
import type { TokenizationScheme } from "../contracts/tokenization-scheme.js";
import type { ReadAttempt } from "../verification/climb-ladder.js";

/** One line of `4-generate/attempts.jsonl`: a sentence as it was written, or a circuit that was composed without one. */
export interface Attempt {
  readonly attempt: number;
  /** Start and end tokens left out. */
  readonly tokens: readonly string[];
  /** Whether the sentence ended by itself. */
  readonly ended: boolean;
  /** After so many tokens the model would have ended it and might not yet, so the nearest end was sought. */
  readonly endSoonAt?: number;
  /** Only of one that was composed. */
  readonly circuit?: CircuitParts;
}

/** The circuit of an attempt, or why it has none. */
export function readAttempt(
  { attempt, tokens, ended, circuit }: Attempt,
  scheme: Pick<TokenizationScheme, "decode">,
): ReadAttempt {
  if (circuit !== undefined) return { attempt, circuit: new Circuit(circuit) };
  if (!ended) return { attempt, failed: { reason: "did not end", message: `no end within ${tokens.length} tokens` } };
  try {
    return { attempt, circuit: scheme.decode(tokens).renamed(`attempt-${attempt}`) };
  } catch (cause) {
    if (!(cause instanceof DecodeError)) throw cause;
    return { attempt, failed: { reason: cause.reason, message: cause.message } };
  }
}
