/** Numbers that are worked on at once: the rows of all matrices are as long as a multiple of it. */
export const LANES: i32 = 8;
export const BYTES: i32 = sizeof<f64>();
const END: i32 = LANES * BYTES;

/**
 * Adds or subtracts `a₀ b₀ + a₁ b₁ + …` to a few lanes of a row: each `a` is one number, each `b` the same lanes of another row.
 * All of the dense algebra here is made of this sum, which is added up in the order in which it is given.
 */
export function combine(sign: f64, lanes: usize, a: usize, aStep: i32, b: usize, bStep: i32, count: i32): void {
  const signs = f64x2.splat(sign);
  let sum0 = v128.load(lanes);
  let sum1 = v128.load(lanes, 16);
  let sum2 = v128.load(lanes, 32);
  let sum3 = v128.load(lanes, 48);
  for (; count > 0; count--) {
    const factor = f64x2.mul(signs, v128.load64_splat(a));
    sum0 = f64x2.add(sum0, f64x2.mul(factor, v128.load(b)));
    sum1 = f64x2.add(sum1, f64x2.mul(factor, v128.load(b, 16)));
    sum2 = f64x2.add(sum2, f64x2.mul(factor, v128.load(b, 32)));
    sum3 = f64x2.add(sum3, f64x2.mul(factor, v128.load(b, 48)));
    a += aStep;
    b += bStep;
  }
  v128.store(lanes, sum0);
  v128.store(lanes, sum1, 16);
  v128.store(lanes, sum2, 32);
  v128.store(lanes, sum3, 48);
}

export function clear(lanes: usize): void {
  for (let offset = 0; offset < END; offset += 16) v128.store(lanes + offset, f64x2.splat(0));
}

export function divide(lanes: usize, divisor: f64): void {
  const all = f64x2.splat(divisor);
  for (let offset = 0; offset < END; offset += 16) v128.store(lanes + offset, f64x2.div(v128.load(lanes + offset), all));
}
