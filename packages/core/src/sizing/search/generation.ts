import { z } from "zod";
import type { Candidate, Evaluation } from "../../contracts/sizing-optimizer.js";
import { TopogenieError } from "../../runtime/error.js";
import { evaluationFromJson, evaluationJson, evaluationToJson } from "./evaluation-json.js";

/** A generation in an optimizer's saved state. */
export const generationJson = z.object({
  firstId: z.int(),
  points: z.array(z.array(z.number())),
  asked: z.int(),
  told: z.array(evaluationJson.nullable()),
});
export type GenerationJson = z.output<typeof generationJson>;

/**
 * Points that are decided on together, handed out in any portions and told in any order: an optimizer that decides on the
 * next generation only when this one is complete does not depend on either.
 */
export class Generation {
  readonly #firstId: number;
  readonly #points: readonly Float64Array[];
  readonly #told: (Evaluation | undefined)[];
  #asked = 0;

  /** @param firstId id of the first candidate; the others follow */
  constructor(points: readonly Float64Array[], firstId: number) {
    this.#points = points;
    this.#firstId = firstId;
    this.#told = points.map(() => undefined);
  }

  static fromJson({ firstId, points, asked, told }: GenerationJson): Generation {
    const generation = new Generation(
      points.map((point) => Float64Array.from(point)),
      firstId,
    );
    generation.#asked = asked;
    told.forEach((evaluation, index) => {
      generation.#told[index] = evaluation === null ? undefined : evaluationFromJson(evaluation);
    });
    return generation;
  }

  toJson(): GenerationJson {
    return {
      firstId: this.#firstId,
      points: this.#points.map((point) => [...point]),
      asked: this.#asked,
      told: this.#told.map((evaluation) => (evaluation === undefined ? null : evaluationToJson(evaluation))),
    };
  }

  /** Id that follows the last candidate's. */
  get nextId(): number {
    return this.#firstId + this.#points.length;
  }

  ask(n: number): readonly Candidate[] {
    const first = this.#asked;
    this.#asked = Math.min(this.#points.length, first + Math.max(0, n));
    return this.#points
      .slice(first, this.#asked)
      .map((point, index) => ({ id: this.#firstId + first + index, x: point.slice() }));
  }

  /** Returns a copy that no caller holds. Throws `SIZING_TOLD_UNASKED`. */
  tell(evaluation: Evaluation): Evaluation {
    const index = evaluation.id - this.#firstId;
    const point = this.#points[index];
    if (point === undefined || index >= this.#asked || this.#told[index] !== undefined) throw toldUnasked(evaluation.id);
    const { id, objectives, violation } = evaluation;
    return (this.#told[index] = { id, x: point, objectives: [...objectives], violation });
  }

  /** Every evaluation in the order of asking; undefined until all have been told. */
  complete(): readonly Evaluation[] | undefined {
    const told = this.#told.filter((evaluation) => evaluation !== undefined);
    return told.length === this.#points.length ? told : undefined;
  }
}

export function toldUnasked(id: number): TopogenieError {
  return new TopogenieError(
    "SIZING_TOLD_UNASKED",
    `Candidate ${id} was not asked for, or has been told already. Tell every candidate exactly once.`,
  );
}
