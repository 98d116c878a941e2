import { createHash } from "node:crypto";
import { Circuit } from "../circuit/circuit.js";
import type { EncodableCircuit, SentenceEncoder } from "../pipeline/sentence-encoder.js";
import { TopogenieError } from "../runtime/error.js";
import { createRng, type Rng } from "../runtime/rng.js";
import type { FinetuningParts } from "./finetuning-parts.js";
import { taskOf, type JudgedCircuit } from "./judged-attempts.js";
import { LESSON } from "./reward.js";
import type { Teaching } from "./teaching.js";

/** A circuit to learn from, and how often it is written in an epoch. */
export interface Lesson extends EncodableCircuit {
  readonly copies: number;
}

/**
 * Training on the best of what was written (expert iteration; Anthony, Tian and Barber, NeurIPS 2017): the lessons of all rounds so
 * far, each as often as its reward says, beside circuits of the corpus.
 */
export class ExpertIteration {
  readonly #parts: FinetuningParts;
  readonly #lessons: Lesson[] = [];

  constructor(parts: FinetuningParts) {
    this.#parts = parts;
  }

  #take(judged: readonly JudgedCircuit[], rewards: ReadonlyMap<number, number>): void {
    const { tasks, config } = this.#parts;
    const isLed = config.encode.conditions.includes("family");
    for (const { attempt, id, circuit } of judged) {
      const reward = rewards.get(attempt) ?? 0;
      if (reward < LESSON || id === undefined || circuit === undefined) continue;
      const { family } = taskOf(tasks, attempt);
      const copies = Math.floor(reward / LESSON);
      const lesson = { id, circuit: new Circuit(circuit), copies, ...(isLed ? { family: family.name } : {}) };
      if (this.#canBeWritten(lesson)) this.#lessons.push(lesson);
    }
  }

  /** Asked for nothing, a model may write more devices than its vocabulary has a word for. */
  #canBeWritten(lesson: Lesson): boolean {
    try {
      this.#parts.encoder.check(lesson, createRng(0));
      return true;
    } catch (cause) {
      if (!(cause instanceof TopogenieError)) throw cause;
      this.#parts.logger.warn(`A circuit of ${lesson.circuit.devices.length} devices is not learnt from: ${cause.message}`);
      return false;
    }
  }

  /** With what the round adds to the lessons. */
  teach(round: number, judged: readonly JudgedCircuit[], rewards: ReadonlyMap<number, number>): Teaching {
    this.#take(judged, rewards);
    const { corpus, encoder, config } = this.#parts;
    const { rehearsal } = config.finetune;
    const lessons = [...this.#lessons];
    const rng = createRng(config.seed).fork(`lessons of round ${round}`);
    return {
      documents: (epoch) => epochOf({ lessons, corpus, rehearsal }, encoder, epoch, rng),
      hash: createHash("sha256")
        .update(JSON.stringify([rehearsal, lessons.map(({ id, copies }) => [id, copies])]))
        .digest("hex"),
      lessons: lessons.length,
    };
  }
}

export interface Lessons {
  readonly lessons: readonly Lesson[];
  /** Circuits of the corpus, of which so many are rehearsed that they are this share of an epoch's sentences. */
  readonly corpus: readonly EncodableCircuit[];
  readonly rehearsal: number;
}

/** Copies of a lesson have walks of their own as long as there are fewer than this. */
const MOST_COPIES = 8;

/**
 * An epoch's sentences: each lesson as often as its reward says, each time by another walk, and circuits of the corpus drawn by
 * chance, without which the model would forget all but its own latest circuits.
 */
export function epochOf(
  { lessons, corpus, rehearsal }: Lessons,
  encoder: Pick<SentenceEncoder, "encode">,
  epoch: number,
  rng: Rng,
): Int32Array[] {
  const own = lessons.flatMap((lesson) =>
    Array.from({ length: lesson.copies }, (_, copy) => encoder.encode(lesson, epoch * MOST_COPIES + copy)),
  );
  const count = rehearsal >= 1 ? corpus.length : Math.round((own.length * rehearsal) / (1 - rehearsal));
  const draws = rng.fork(`rehearsal ${epoch}`);
  const rehearsed =
    corpus.length === 0
      ? []
      : Array.from({ length: count }, () =>
          encoder.encode(corpus[draws.integer(corpus.length)] as EncodableCircuit, epoch * MOST_COPIES),
        );
  return [...own, ...rehearsed].map((ids) => Int32Array.from(ids));
}
