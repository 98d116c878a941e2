import { TopogenieError } from "../runtime/error.js";
import type { TrainingOptions } from "./training-loop.js";

/** How engines and Node say that there is no memory left. */
const NO_MEMORY =
  /out of memory|bad_alloc|bad allocation|failed to allocate|allocation failed|allocate memory|invalid typed array length/i;

/** Throws `MODEL_LOSS_NOT_FINITE`, before a checkpoint is made of it. */
export function requireFinite(value: number, what: string, step: number): void {
  if (Number.isFinite(value)) return;
  throw new TopogenieError("MODEL_LOSS_NOT_FINITE", `${what} is ${value} after step ${step}.`);
}

/** What ended a training, with the last good checkpoint and what to do. Errors of another kind are given back as they are. */
export function trainingFailure(error: unknown, latest: string | undefined, options: TrainingOptions): unknown {
  if (!(error instanceof Error)) return error;
  const kept = latest === undefined ? "No checkpoint had been kept yet." : `The last good checkpoint is ${latest}.`;
  const reason = error.message.split("\n")[0] ?? "";
  if (error instanceof TopogenieError && error.code === "MODEL_LOSS_NOT_FINITE") {
    const { schedule, optimizer } = options;
    return new TopogenieError(
      "TRAINING_DIVERGED",
      `Training diverged: ${reason} ${kept} ` +
        `Lower the learning rate (peak ${schedule.peak}) or the clipping norm (${optimizer.clipNorm}), and train again.`,
      { cause: error },
    );
  }
  const isFromEngine = error instanceof TopogenieError && error.code === "MODEL_OUT_OF_MEMORY";
  if (isFromEngine || (!(error instanceof TopogenieError) && NO_MEMORY.test(error.message))) {
    const { rows, length } = options.batch;
    return new TopogenieError(
      "TRAINING_OUT_OF_MEMORY",
      `Training ran out of memory: ${reason} ${kept} ` +
        `Lower the batch (now ${rows} rows of ${length} tokens) or the model's width or layers, and train again.`,
      { cause: error },
    );
  }
  return error;
}
