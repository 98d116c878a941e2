import {
  compareEvaluations,
  evaluationFromJson,
  evaluationJson,
  evaluationToJson,
  type EndedStudy,
  type Evaluation,
  type Rng,
} from "@topogenie/core";
import { z } from "zod";
import { sizingWords, type SizingWords } from "./sizing-words.js";

const circuitJson = z.object({
  words: z.array(z.string()),
  places: z.array(z.int().nullable()),
  best: z.array(evaluationJson),
});
export const bestSizingsJson = z.array(circuitJson);

interface LearnedCircuit extends SizingWords {
  /** Best first, no two alike. */
  readonly best: readonly Evaluation[];
}

/** Ranks after which a sizing is drawn e times more rarely. */
const RANKS = 4;

/** The best sizings of every circuit that was studied: a priority queue a circuit. */
export class BestSizings {
  readonly #kept: number;
  readonly #circuits: Map<string, LearnedCircuit>;

  constructor(kept: number, saved: z.output<typeof bestSizingsJson> = []) {
    this.#kept = kept;
    this.#circuits = new Map(
      saved.map(({ words, places, best }) => [
        words.join(" "),
        { words, places: places.map((place) => place ?? undefined), best: best.map(evaluationFromJson) },
      ]),
    );
  }

  get circuits(): readonly LearnedCircuit[] {
    return [...this.#circuits.values()];
  }

  toJson(): z.output<typeof bestSizingsJson> {
    return this.circuits.map(({ words, places, best }) => ({
      words: [...words],
      places: places.map((place) => place ?? null),
      best: best.map(evaluationToJson),
    }));
  }

  /** A failed simulation teaches nothing here: it never is among the best of anything that worked. */
  add({ problem, evaluations }: EndedStudy): void {
    const { words, places } = sizingWords(problem);
    if (places.every((place) => place === undefined)) return;
    const key = words.join(" ");
    const worked = evaluations.filter(({ violation }) => Number.isFinite(violation));
    const distinct = new Map([...(this.#circuits.get(key)?.best ?? []), ...worked].map((one) => [one.x.join(), one]));
    const best = [...distinct.values()].sort(compareEvaluations).slice(0, this.#kept);
    if (best.length > 0) this.#circuits.set(key, { words, places, best });
  }

  /** A circuit by chance, and one of its best sizings, the better the likelier. */
  draw(rng: Rng): { readonly circuit: SizingWords; readonly x: Float64Array } {
    const circuits = this.circuits;
    const circuit = circuits[rng.integer(circuits.length)];
    if (circuit === undefined) throw new RangeError("There is no sizing to learn from.");
    const weights = circuit.best.map((_, rank) => Math.exp(-rank / RANKS));
    let left = rng.uniform() * weights.reduce((sum, weight) => sum + weight, 0);
    const chosen = weights.findIndex((weight) => (left -= weight) < 0);
    return { circuit, x: (circuit.best[chosen] ?? circuit.best[0])?.x ?? new Float64Array() };
  }
}
