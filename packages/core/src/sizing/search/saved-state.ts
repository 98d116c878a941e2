import { z } from "zod";
import { TopogenieError } from "../../runtime/error.js";

/** A generator of random numbers in an optimizer's saved state. */
export const rngJson = z.object({ seed: z.string(), words: z.array(z.number()) });

/**
 * An optimizer's saved state, checked against its schema.
 * @param optimizer name that begins a sentence, for example `Random search`
 * Throws `SIZING_STATE_INVALID`.
 */
export function readSavedState<Schema extends z.ZodType>(optimizer: string, schema: Schema, state: unknown): z.output<Schema> {
  const parsed = schema.safeParse(state);
  if (parsed.success) return parsed.data;
  throw new TopogenieError(
    "SIZING_STATE_INVALID",
    `${optimizer}: the saved state cannot be read: ${z.prettifyError(parsed.error)}. Start the sizing anew.`,
    { cause: parsed.error },
  );
}

/** Throws `SIZING_STATE_INVALID` when a saved point has another number of coordinates than the problem. */
export function refuseOtherDimensions(optimizer: string, points: readonly ArrayLike<number>[], dimensions: number): void {
  if (points.every((point) => point.length === dimensions)) return;
  throw new TopogenieError(
    "SIZING_STATE_INVALID",
    `${optimizer}: the saved state is for another problem: it does not have ${dimensions} dimensions.`,
  );
}
