import type { Engine, Tensor } from "../engine.js";
import { product } from "../product.js";

/** Of the sequences that are worked on. */
export interface HeadSizes {
  readonly rows: number;
  readonly length: number;
  readonly heads: number;
  /** Of a head. */
  readonly headWidth: number;
}

/**
 * The heads of all rows as matrices, in the order row by row and head by head: one stack `[rows * heads, length, d]` where the
 * engine multiplies stacks fast, else matrices `[length, d]` of their own. Rearranging axes is slow on WebAssembly too: the
 * matrices are cut out and put together instead.
 */
export type HeadStacks = readonly Tensor[];

/** @param x `[rows * length, heads * d]` */
export function splitHeads(engine: Engine, x: Tensor, { rows, length, heads, headWidth }: HeadSizes): HeadStacks {
  const { tf } = engine;
  if (engine.description.fastStacks) {
    const turned = tf.transpose(tf.reshape(x, [rows, length, heads, headWidth]), [0, 2, 1, 3]);
    return [tf.reshape(turned, [rows * heads, length, headWidth])];
  }
  return eachHead(rows, heads, (row, head) => tf.slice(x, [row * length, head * headWidth], [length, headWidth]));
}

/** The inverse of {@link splitHeads}. */
export function joinHeads(engine: Engine, stacks: HeadStacks, { rows, length, heads, headWidth }: HeadSizes): Tensor {
  const { tf } = engine;
  if (engine.description.fastStacks) {
    const turned = tf.transpose(tf.reshape(stacks[0] as Tensor, [rows, heads, length, headWidth]), [0, 2, 1, 3]);
    return tf.reshape(turned, [rows * length, heads * headWidth]);
  }
  const joined = Array.from({ length: rows }, (_, row) => joinedOr(engine, stacks.slice(row * heads, (row + 1) * heads), 1));
  return joinedOr(engine, joined, 0);
}

/** Products of stack with stack. */
export function stackProducts(
  engine: Engine,
  a: HeadStacks,
  b: HeadStacks,
  transposed: { readonly a?: boolean; readonly b?: boolean } = {},
): HeadStacks {
  return a.map((stack, index) => product(engine, stack, b[index] as Tensor, transposed));
}

/** The numbers of `[rows, heads, length, length]` as stacks of bool. */
export function booleanStacks(engine: Engine, bytes: Uint8Array, { rows, length, heads }: HeadSizes): HeadStacks {
  const { tf } = engine;
  if (engine.description.fastStacks) return [tf.tensor(bytes, [rows * heads, length, length], "bool")];
  const size = length * length;
  return eachHead(rows, heads, (row, head) => {
    const at = (row * heads + head) * size;
    return tf.tensor(bytes.slice(at, at + size), [length, length], "bool");
  });
}

/** Adds to each head's scores the mask of its row. */
export function addMasks(
  engine: Engine,
  scores: HeadStacks,
  masks: readonly Tensor[],
  { rows, length, heads }: HeadSizes,
): HeadStacks {
  const { tf } = engine;
  if (!engine.description.fastStacks) {
    return scores.map((matrix, index) => tf.add(matrix, masks[Math.floor(index / heads)] as Tensor));
  }
  const rowByRow = tf.reshape(scores[0] as Tensor, [rows, heads, length, length]);
  return [tf.reshape(tf.add(rowByRow, masks[0] as Tensor), [rows * heads, length, length])];
}

/** Masks `[rows, length, length]` as {@link addMasks} takes them. */
export function maskTensors(engine: Engine, masks: Float32Array, { rows, length }: HeadSizes): readonly Tensor[] {
  if (engine.description.fastStacks) return [engine.upload(masks, [rows, 1, length, length])];
  const size = length * length;
  return Array.from({ length: rows }, (_, row) => engine.upload(masks.slice(row * size, (row + 1) * size), [length, length]));
}

function eachHead(rows: number, heads: number, make: (row: number, head: number) => Tensor): Tensor[] {
  return Array.from({ length: rows * heads }, (_, index) => make(Math.floor(index / heads), index % heads));
}

/** One tensor needs no joining, and TensorFlow.js gives back the very same. */
function joinedOr({ tf }: Engine, tensors: readonly Tensor[], axis: number): Tensor {
  return tensors.length === 1 ? tf.clone(tensors[0] as Tensor) : tf.concat([...tensors], axis);
}
