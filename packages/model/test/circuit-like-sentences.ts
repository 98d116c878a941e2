import { createRng } from "@topogenie/core";

/** Closed walks over a few words, of different lengths: small, but with structure that a network can learn. */
export function circuitLikeSentences(count: number, longest = 14): Int32Array[] {
  const rng = createRng("sentences");
  return Array.from({ length: count }, () => {
    const steps = 3 + rng.integer(longest - 5);
    const stride = 1 + rng.integer(3);
    const first = rng.integer(9);
    return Int32Array.from([1, ...Array.from({ length: steps }, (_, step) => 3 + ((first + stride * step) % 9)), 2]);
  });
}

/** Of {@link circuitLikeSentences}: special tokens and nine words. */
export const VOCABULARY_SIZE = 12;
export const vocabulary: readonly string[] = ["<padding>", "<start>", "<end>", "A", "B", "C", "D", "E", "F", "G", "H", "I"];
