import { TopogenieError, type Evaluation, type RngState } from "@topogenie/core";
import { z } from "zod";

/** Everything that a study is. */
export interface GeneticState {
  readonly rng: RngState;
  readonly generation: number;
  readonly firstId: number;
  readonly points: readonly Float64Array[];
  readonly asked: number;
  readonly told: (Evaluation | undefined)[];
  readonly parents: readonly Evaluation[];
  readonly best: Evaluation | undefined;
}

/** JSON has no infinity: null stands for it. */
const number = z.number().nullable();
const evaluationSchema = z.object({ id: z.int(), x: z.array(z.number()), objectives: z.array(number), violation: number });
const stateSchema = z.object({
  rng: z.object({ seed: z.string(), words: z.array(z.number()) }),
  generation: z.int(),
  firstId: z.int(),
  points: z.array(z.array(z.number())),
  asked: z.int(),
  told: z.array(evaluationSchema.nullable()),
  parents: z.array(evaluationSchema),
  best: evaluationSchema.nullable(),
});
type WrittenEvaluation = z.infer<typeof evaluationSchema>;

export function encodeState(state: GeneticState): z.infer<typeof stateSchema> {
  return {
    rng: { seed: state.rng.seed, words: [...state.rng.words] },
    generation: state.generation,
    firstId: state.firstId,
    points: state.points.map((point) => [...point]),
    asked: state.asked,
    told: state.told.map((evaluation) => (evaluation === undefined ? null : written(evaluation))),
    parents: state.parents.map(written),
    best: state.best === undefined ? null : written(state.best),
  };
}

/** Throws `SIZING_STATE_INVALID`. */
export function decodeState(state: unknown): GeneticState {
  const parsed = stateSchema.safeParse(state);
  if (!parsed.success) {
    throw new TopogenieError(
      "SIZING_STATE_INVALID",
      `The genetic algorithm's saved state cannot be read: ${z.prettifyError(parsed.error)}. Start the sizing anew.`,
      { cause: parsed.error },
    );
  }
  const { points, told, parents, best, ...rest } = parsed.data;
  return {
    ...rest,
    points: points.map((point) => Float64Array.from(point)),
    told: told.map((evaluation) => (evaluation === null ? undefined : read(evaluation))),
    parents: parents.map(read),
    best: best === null ? undefined : read(best),
  };
}

function written({ id, x, objectives, violation }: Evaluation): WrittenEvaluation {
  const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
  return { id, x: [...x], objectives: objectives.map(finite), violation: finite(violation) };
}

function read({ id, x, objectives, violation }: WrittenEvaluation): Evaluation {
  return {
    id,
    x: Float64Array.from(x),
    objectives: objectives.map((value) => value ?? Infinity),
    violation: violation ?? Infinity,
  };
}
