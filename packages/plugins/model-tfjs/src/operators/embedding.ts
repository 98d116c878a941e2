import type { Tensor } from "../engine.js";
import { product } from "../product.js";
import type { Tape } from "../tape.js";
import { oneHot } from "./one-hot.js";

/**
 * Rows of a table. The gradient is a product with one-hot rows: WebAssembly cannot add up rows by their index, and no engine does
 * it in the same order, hence to the same bits, at every run.
 * @param table `[entries, width]`
 * @param indices `[n]`, int32
 * @param used rows of the table that may occur, from the first: the rest gets no gradient
 */
export function embedding(tape: Tape, table: Tensor, indices: Tensor, used = table.shape[0]): Tensor {
  const { tf, engine } = tape;
  const [entries = 0, width = 0] = table.shape;
  const rows = tf.gather(table, indices);
  tape.record([table], [rows], [indices], ([g], [places]) => {
    const reach = Math.min(used, entries);
    const gradient = product(engine, oneHot(tf, places as Tensor, reach), g as Tensor, { a: true });
    return [reach === entries ? gradient : tf.concat([gradient, tf.zeros([entries - reach, width])], 0)];
  });
  return rows;
}
