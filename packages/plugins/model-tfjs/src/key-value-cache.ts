import type { Engine, Tensor } from "./engine.js";
import type { AttentionInputs } from "./operators/attention.js";
import { sumOfRows } from "./product.js";

/** Keys and values of consecutive tokens, each `[length, rows * heads * d]`. */
interface Chunk {
  readonly length: number;
  readonly key: Tensor;
  readonly value: Tensor;
}

/** Tokens that are added one by one before they join the past. */
const RECENT = 64;

/**
 * The keys and values of one layer for sentences that are written together. Tensors cannot be written into, and copying all of
 * the past at each token would cost more than looking at it: the most recent tokens are kept apart, and join it together.
 */
export class KeyValueCache {
  readonly #engine: Engine;
  readonly #headWidth: number;
  #past: Chunk | undefined;
  #recent: Chunk | undefined;

  constructor(engine: Engine, headWidth: number) {
    this.#engine = engine;
    this.#headWidth = headWidth;
  }

  /** Adds the tokens' own keys and values, and lets each row's query look at all of its row: `[rows, heads * d]`. */
  attend({ query, key, value }: AttentionInputs): Tensor {
    const { tf } = this.#engine;
    const flat = (x: Tensor): Tensor => tf.reshape(x, [1, -1]);
    this.#append({ length: 1, key: tf.keep(tf.clone(flat(key))), value: tf.keep(tf.clone(flat(value))) });

    const headRows = (x: Tensor): Tensor => tf.reshape(x, [-1, this.#headWidth]);
    const queries = flat(tf.mul(query, 1 / Math.sqrt(this.#headWidth)));
    const chunks = this.#chunks();
    const scores = chunks.map(({ length, key: keys }) => tf.reshape(tf.sum(headRows(tf.mul(keys, queries)), 1), [length, -1]));
    const softmax = tf.transpose(tf.softmax(tf.transpose(joined(tf, scores))));
    let from = 0;
    const looked = chunks.map(({ length, value: values }) => {
      const weights = tf.slice(softmax, [from, 0], [length, softmax.shape[1] as number]);
      from += length;
      const weighted = tf.mul(headRows(values), tf.reshape(weights, [-1, 1]));
      return sumOfRows(this.#engine, tf.reshape(weighted, [length, -1]));
    });
    return tf.reshape(
      looked.reduce((sum, part) => tf.add(sum, part)),
      query.shape,
    );
  }

  /** Keeps these of the rows. */
  keep(rows: readonly number[], before: number): void {
    this.#past = this.#past && this.#kept(this.#past, rows, before);
    this.#recent = this.#recent && this.#kept(this.#recent, rows, before);
  }

  dispose(): void {
    this.#chunks().forEach(dispose);
    this.#past = undefined;
    this.#recent = undefined;
  }

  #chunks(): Chunk[] {
    return [this.#past, this.#recent].filter((chunk) => chunk !== undefined);
  }

  #kept(chunk: Chunk, rows: readonly number[], before: number): Chunk {
    const { tf } = this.#engine;
    const gathered = this.#engine.compute(() => {
      const indices = tf.tensor1d([...rows], "int32");
      const kept = (x: Tensor): Tensor =>
        tf.reshape(tf.gather(tf.reshape(x, [chunk.length, before, -1]), indices, 1), [chunk.length, -1]);
      return { key: kept(chunk.key), value: kept(chunk.value) };
    });
    dispose(chunk);
    return { length: chunk.length, ...gathered };
  }

  #append(chunk: Chunk): void {
    const recent = this.#joined(this.#recent, chunk);
    const isFull = recent.length === RECENT;
    if (isFull) this.#past = this.#joined(this.#past, recent);
    this.#recent = isFull ? undefined : recent;
  }

  #joined(earlier: Chunk | undefined, later: Chunk): Chunk {
    if (earlier === undefined) return later;
    const { tf } = this.#engine;
    const joined = {
      length: earlier.length + later.length,
      key: tf.keep(tf.concat([earlier.key, later.key], 0)),
      value: tf.keep(tf.concat([earlier.value, later.value], 0)),
    };
    dispose(earlier);
    dispose(later);
    return joined;
  }
}

function dispose({ key, value }: Chunk): void {
  key.dispose();
  value.dispose();
}

function joined(tf: Engine["tf"], scores: readonly Tensor[]): Tensor {
  return scores.length === 1 ? (scores[0] as Tensor) : tf.concat([...scores], 0);
}
