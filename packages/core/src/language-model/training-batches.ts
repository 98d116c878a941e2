import type { TokenBatch } from "../contracts/model-backend.js";
import { TopogenieError } from "../runtime/error.js";
import type { Logger } from "../runtime/logger.js";
import type { Rng } from "../runtime/rng.js";
import type { PackedRow, WeightsOf } from "./packing.js";
import { batchOf, packDocuments } from "./packing.js";

/** Rows below this length are not halved: sharing them would save nothing. */
const SHORTEST_BUCKET = 128;

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
 * @param weightsOf is asked with the very arrays that `documents` gave
 */
export async function* trainingBatches(
  documents: (epoch: number) => Documents | Promise<Documents>,
  shape: BatchShape,
  rng: Rng,
  from: BatchPosition,
  logger: Logger,
  weightsOf?: WeightsOf,
): AsyncGenerator<{ readonly batch: TokenBatch; readonly next: BatchPosition; readonly epoch: number }, never> {
  const prepare = async (epoch: number): Promise<(() => TokenBatch)[]> =>
    batchesOf([...(await documents(epoch))], epoch, shape, rng, logger, weightsOf);
  let coming = prepare(from.epoch);
  let first = from.batch;
  for (let epoch = from.epoch; ; epoch++) {
    const batches = await coming;
    coming = prepare(epoch + 1);
    // A rejection is thrown where the epoch begins, not before.
    coming.catch(() => undefined);
    for (let index = first; index < batches.length; index++) {
      const next = index + 1 < batches.length ? { epoch, batch: index + 1 } : { epoch: epoch + 1, batch: 0 };
      yield { batch: (batches[index] as () => TokenBatch)(), next, epoch };
    }
    first = 0;
  }
}

/** The epoch's batches in their order, each made when it is its turn. */
function batchesOf(
  documents: readonly Int32Array[],
  epoch: number,
  shape: BatchShape,
  rng: Rng,
  logger: Logger,
  weightsOf: WeightsOf | undefined,
): (() => TokenBatch)[] {
  const order = rng.fork(`epoch ${epoch}`);
  const shuffled = order.shuffle(documents);
  const longest = Math.max(0, ...shuffled.map((document) => document.length - 1));
  const tooLong = shuffled.filter((document) => document.length - 1 > shape.length).length;
  const batches = bucketsOf(shuffled, shape).flatMap(({ rows, shape: bucket }) => {
    const mixed = order.shuffle(rows);
    return Array.from({ length: Math.ceil(mixed.length / bucket.rows) }, (_, batch) => () => {
      // The last batch is filled up with the first rows.
      const chosen = Array.from(
        { length: bucket.rows },
        (_, row) => mixed[(batch * bucket.rows + row) % mixed.length] as PackedRow,
      );
      return batchOf(chosen, bucket.rows, bucket.length, weightsOf);
    });
  });
  if (batches.length === 0) {
    throw new TopogenieError(
      "TRAINING_DATA_EMPTY",
      documents.length === 0
        ? "There is no sentence to train on: the corpus is empty, or all of it went to validation."
        : `None of the ${documents.length} sentences fits a row of ${shape.length} tokens (the longest needs ${longest}): ` +
            "raise the batch's length and the model's context.",
    );
  }
  if (tooLong > 0) {
    logger.warn(
      `${tooLong} of ${documents.length} sentences of epoch ${epoch} are longer than a row of ${shape.length} tokens and are left out ` +
        `(the longest needs ${longest}).`,
    );
  }
  return order.shuffle(batches);
}

/**
 * Sentences that fit half a row are packed into twice as many rows half as long, of which a batch has as many tokens: a token
 * is compared with all of its row, although attention stays within its sentence. One bucket where the other would not fill a
 * batch, or would have rows too short for it to matter.
 */
function bucketsOf(documents: readonly Int32Array[], shape: BatchShape): { rows: readonly PackedRow[]; shape: BatchShape }[] {
  const half = { rows: shape.rows * 2, length: shape.length / 2 };
  const isShort = (document: Int32Array): boolean => document.length - 1 <= half.length;
  const all = { rows: packDocuments(documents, shape.length).rows, shape };
  if (!Number.isInteger(half.length) || half.length < SHORTEST_BUCKET) return all.rows.length === 0 ? [] : [all];
  const long = packDocuments(
    documents.filter((document) => !isShort(document)),
    shape.length,
  ).rows;
  const short = packDocuments(documents.filter(isShort), half.length).rows;
  if (short.length < half.rows || (long.length > 0 && long.length < shape.rows)) return all.rows.length === 0 ? [] : [all];
  return [{ rows: short, shape: half }, ...(long.length === 0 ? [] : [{ rows: long, shape }])];
}

/** Every validation sentence once, in batches of the training's shapes. */
export function validationBatches(documents: readonly Int32Array[], shape: BatchShape): TokenBatch[] {
  return bucketsOf(documents, shape).flatMap(({ rows, shape: bucket }) =>
    Array.from({ length: Math.ceil(rows.length / bucket.rows) }, (_, index) =>
      batchOf(rows.slice(index * bucket.rows, (index + 1) * bucket.rows), bucket.rows, bucket.length),
    ),
  );
}
