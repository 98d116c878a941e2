import type { TokenBatch } from "../contracts/model-backend.js";
import { PADDING_ID } from "./vocabulary.js";

/** The documents that share a row, first to last. */
export type PackedRow = readonly Int32Array[];

export interface Packing {
  readonly rows: readonly PackedRow[];
  /** Indices of documents that are too long for a row; they are in none. */
  readonly tooLong: readonly number[];
  /** Documents with fewer than two tokens: there is nothing to predict in them. */
  readonly tooShort: readonly number[];
}

/** Where no loss is computed. */
export const NO_TARGET = -1;
/** The document of a row's free end. */
const NO_DOCUMENT = -1;

/**
 * Places whole documents in rows of `length` tokens, each in the fullest row that still has room for it, longest first
 * (best-fit decreasing; Johnson et al., 1974). A document of n tokens takes n − 1 places: the last is only a target.
 * Nothing is cut and no document is padded; what a row has left at its end is too short for any other document.
 */
export function packDocuments(documents: readonly Int32Array[], length: number): Packing {
  const tooLong: number[] = [];
  const tooShort: number[] = [];
  const fitting: number[] = [];
  documents.forEach((document, index) => {
    const places = document.length - 1;
    (places > length ? tooLong : places < 1 ? tooShort : fitting).push(index);
  });
  fitting.sort((a, b) => size(documents, b) - size(documents, a) || a - b);

  const rows: Int32Array[][] = [];
  /** Rows by how many places they have left. */
  const open: number[][] = Array.from({ length: length + 1 }, () => []);
  for (const index of fitting) {
    const places = size(documents, index) - 1;
    let room = places;
    while (room <= length && open[room]?.length === 0) room++;
    const row = room <= length ? (open[room]?.pop() ?? rows.length) : rows.length;
    (rows[row] ??= []).push(documents[index] as Int32Array);
    open[(room <= length ? room : length) - places]?.push(row);
  }
  return { rows, tooLong, tooShort };
}

/** What each target of a document counts in the loss: one number less than it has tokens; undefined: 1 each. */
export type WeightsOf = (document: Int32Array) => Float32Array | undefined;

/** A batch of these rows, filled up with empty ones to `rows`. */
export function batchOf(packed: readonly PackedRow[], rows: number, length: number, weightsOf?: WeightsOf): TokenBatch {
  const weights = weightsOf === undefined ? undefined : new Float32Array(rows * length).fill(1);
  const batch = {
    rows,
    length,
    tokens: new Int32Array(rows * length).fill(PADDING_ID),
    targets: new Int32Array(rows * length).fill(NO_TARGET),
    documents: new Int32Array(rows * length).fill(NO_DOCUMENT),
    positions: new Int32Array(rows * length),
    ...(weights === undefined ? {} : { weights }),
  };
  packed.forEach((documents, row) => {
    let at = row * length;
    documents.forEach((document, number) => {
      const places = document.length - 1;
      batch.tokens.set(document.subarray(0, places), at);
      batch.targets.set(document.subarray(1), at);
      batch.documents.fill(number, at, at + places);
      const own = weightsOf?.(document);
      if (own !== undefined) weights?.set(own, at);
      for (let position = 0; position < places; position++) batch.positions[at + position] = position;
      at += places;
    });
  });
  return batch;
}

/** How many of a batch's places have a target. */
export function targetCount(batch: TokenBatch): number {
  let count = 0;
  for (const target of batch.targets) if (target !== NO_TARGET) count++;
  return count;
}

function size(documents: readonly Int32Array[], index: number): number {
  return documents[index]?.length ?? 0;
}
