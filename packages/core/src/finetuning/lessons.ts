import type { EncodableCircuit, SentenceEncoder } from "../pipeline/sentence-encoder.js";
import type { Rng } from "../runtime/rng.js";

/** A circuit to learn from, and how often it is written in an epoch. */
export interface Lesson extends EncodableCircuit {
  readonly reward: number;
}

export interface Lessons {
  readonly lessons: readonly Lesson[];
  /** Circuits of the corpus, of which so many are rehearsed that they are this share of an epoch's sentences. */
  readonly corpus: readonly EncodableCircuit[];
  readonly rehearsal: number;
}

/**
 * An epoch's sentences: each lesson as often as its reward says, each time by another walk, and circuits of the corpus drawn by
 * chance, without which the model would forget all but its own latest circuits.
 */
export function epochOf(
  { lessons, corpus, rehearsal }: Lessons,
  encoder: SentenceEncoder,
  epoch: number,
  rng: Rng,
): Int32Array[] {
  const own = lessons.flatMap((lesson) =>
    Array.from({ length: lesson.reward }, (_, copy) => encoder.encode(lesson, epoch * 8 + copy)),
  );
  const count = rehearsal >= 1 ? corpus.length : Math.round((own.length * rehearsal) / (1 - rehearsal));
  const draws = rng.fork(`rehearsal ${epoch}`);
  const rehearsed =
    corpus.length === 0
      ? []
      : Array.from({ length: count }, () => encoder.encode(corpus[draws.integer(corpus.length)] as EncodableCircuit, epoch * 8));
  return [...own, ...rehearsed].map((ids) => Int32Array.from(ids));
}
