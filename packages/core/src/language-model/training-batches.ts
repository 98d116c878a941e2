import type { TokenBatch } from "../contracts/model-backend.js";
import { TopogenieError } from "../runtime/error.js";
import type { Logger } from "../runtime/logger.js";
import type { Rng } from "../runtime/rng.js";
import type { PackedRow } from "./packing.js";
import { batchOf, packDocuments } from "./packing.js";

/** Sentences as token ids, start and end included. */
export type Documents = Iterable<Int32Array>;

/** Where a batch stands in the training data. */
export interface BatchPosition {
  readonly epoch: number;
  /** From 0 within the epoch. */
  readonly batch: number;
}

export interface BatchShape {
  readonly rows: number;
  readonly length: number;
}

/**
 * Endless training batches, from a position on. An epoch's batches depend on the seed and the epoch alone, so that training
 * can go on from any of them. The next epoch is asked for while the present one is used.
 * @param documents must give the same documents whenever it is called with the same epoch
 */
export async function* trainingBatches(
  documents: (epoch: number) => Documents | Promise<Documents>,
  shape: BatchShape,
  rng: Rng,
  from: BatchPosition,
  logger: Logger,
): AsyncGenerator<{ readonly batch: TokenBatch; readonly next: BatchPosition; readonly epoch: number }, never> {
  const prepare = async (epoch: number): Promise<PackedRow[]> => rowsOf([...(await documents(epoch))], epoch, shape, rng, logger);
  let coming = prepare(from.epoch);
  let first = from.batch;
  for (let epoch = from.epoch; ; epoch++) {
    const rows = await coming;
    coming = prepare(epoch + 1);
    // A rejection is thrown where the epoch begins, not before.
    coming.catch(() => undefined);
    const batches = Math.ceil(rows.length / shape.rows);
    for (let index = first; index < batches; index++) {
      // The last batch is filled up with the epoch's first rows.
      const chosen = Array.from({ length: shape.rows }, (_, row) => rows[(index * shape.rows + row) % rows.length] as PackedRow);
      const next = index + 1 < batches ? { epoch, batch: index + 1 } : { epoch: epoch + 1, batch: 0 };
      yield { batch: batchOf(chosen, shape.rows, shape.length), next, epoch };
    }
    first = 0;
  }
}

function rowsOf(documents: readonly Int32Array[], epoch: number, shape: BatchShape, rng: Rng, logger: Logger): PackedRow[] {
  const order = rng.fork(`epoch ${epoch}`);
  const shuffled = order.shuffle(documents);
  const { rows, tooLong } = packDocuments(shuffled, shape.length);
  const longest = Math.max(0, ...tooLong.map((index) => shuffled[index]?.length ?? 0));
  if (rows.length === 0) {
    throw new TopogenieError(
      "TRAINING_DATA_EMPTY",
      documents.length === 0
        ? "There is no sentence to train on: the corpus is empty, or all of it went to validation."
        : `None of the ${documents.length} sentences fits a row of ${shape.length} tokens (the longest needs ${longest - 1}): ` +
            "raise the batch's length and the model's context.",
    );
  }
  if (tooLong.length > 0) {
    logger.warn(
      `${tooLong.length} of ${documents.length} sentences of epoch ${epoch} are longer than a row of ${shape.length} tokens and are left out ` +
        `(the longest needs ${longest - 1}).`,
    );
  }
  return order.shuffle(rows);
}

/** Every validation sentence once, in batches of the training's shape. */
export function validationBatches(documents: readonly Int32Array[], shape: BatchShape): TokenBatch[] {
  const { rows } = packDocuments(documents, shape.length);
  return Array.from({ length: Math.ceil(rows.length / shape.rows) }, (_, index) =>
    batchOf(rows.slice(index * shape.rows, (index + 1) * shape.rows), shape.rows, shape.length),
  );
}
