import type { TokenBatch } from "@topogenie/core";

/** Added to the scores of keys that a query may not see. */
const FORBIDDEN = -1e9;

/** `[rows, length, length]`: 0 where the key is of the query's document and not after it, very negative elsewhere. */
export function attentionMasks({ rows, length, documents }: TokenBatch): Float32Array {
  const masks = new Float32Array(rows * length * length).fill(FORBIDDEN);
  for (let place = 0; place < rows * length; place++) {
    const start = place - (place % length);
    for (let key = start; key <= place; key++) {
      if (documents[key] === documents[place]) masks[place * length + key - start] = 0;
    }
  }
  return masks;
}
