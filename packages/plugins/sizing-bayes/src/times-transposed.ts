import type { PointSet } from "./matern-kernel.js";

/**
 * The product of every row of `a` with every row of `b`, a row of the result for each of `a`. Four rows of `b` are taken at once:
 * one sum alone waits for each of its additions.
 */
export function timesTransposed(a: PointSet, b: PointSet): PointSet {
  const { dimensions: width } = a;
  const product = new Float64Array(a.count * b.count);
  const last = b.count - 1;
  for (let j = 0; j < b.count; j += 4) {
    // Beyond the last row it is done again, which is cheaper than a loop of its own.
    const j1 = Math.min(last, j + 1);
    const j2 = Math.min(last, j + 2);
    const j3 = Math.min(last, j + 3);
    for (let i = 0; i < a.count; i++) {
      let [at, at0, at1, at2, at3] = [i * width, j * width, j1 * width, j2 * width, j3 * width];
      let sum0 = 0;
      let sum1 = 0;
      let sum2 = 0;
      let sum3 = 0;
      for (const end = at + width; at < end; at++, at0++, at1++, at2++, at3++) {
        const value = a.values[at] as number;
        sum0 += value * (b.values[at0] as number);
        sum1 += value * (b.values[at1] as number);
        sum2 += value * (b.values[at2] as number);
        sum3 += value * (b.values[at3] as number);
      }
      const row = i * b.count;
      product[row + j] = sum0;
      product[row + j1] = sum1;
      product[row + j2] = sum2;
      product[row + j3] = sum3;
    }
  }
  return { values: product, count: a.count, dimensions: b.count };
}
