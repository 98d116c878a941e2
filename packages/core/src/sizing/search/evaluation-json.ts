import { z } from "zod";
import type { Evaluation } from "../../contracts/sizing-optimizer.js";

/** JSON has no infinity: null stands for it. */
const number = z.number().nullable();

/** An evaluation in an optimizer's saved state. */
export const evaluationJson = z.object({
  id: z.int(),
  x: z.array(z.number()),
  objectives: z.array(number),
  violation: number,
  constraints: z.array(z.number()).optional(),
});
export type EvaluationJson = z.output<typeof evaluationJson>;

export function evaluationToJson({ id, x, objectives, violation, constraints }: Evaluation): EvaluationJson {
  const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
  return {
    id,
    x: [...x],
    objectives: objectives.map(finite),
    violation: finite(violation),
    ...(constraints === undefined ? {} : { constraints: [...constraints] }),
  };
}

export function evaluationFromJson({ id, x, objectives, violation, constraints }: EvaluationJson): Evaluation {
  return {
    id,
    x: Float64Array.from(x),
    objectives: objectives.map((value) => value ?? Infinity),
    violation: violation ?? Infinity,
    ...(constraints === undefined ? {} : { constraints }),
  };
}
