import { BYTES, LANES, clear, combine, divide } from "./lanes";

/**
 * `product = A B`, of `rows` and `width`. A's numbers may lie in any steps, counted in numbers; B is `inner` rows of `width`.
 */
export function multiply(product: usize, rows: i32, width: i32, a: usize, aRowStep: i32, aStep: i32, b: usize, inner: i32): void {
  for (let row = 0; row < rows; row++, a += aRowStep * BYTES) {
    for (let lane = 0; lane < width; lane += LANES, product += LANES * BYTES) {
      clear(product);
      combine(1, product, a, aStep * BYTES, b + lane * BYTES, width * BYTES, inner);
    }
  }
}

/**
 * Puts U with UᵀU = `matrix` in its place, row by row: Cholesky's factor, of which the upper triangle is read and written; what lies
 * below means nothing. False when the matrix is not positive definite.
 */
export function factorize(matrix: usize, n: i32, width: i32): bool {
  const step = width * BYTES;
  for (let j = 0; j < n; j++) {
    const row = matrix + j * step;
    const first = j - (j % LANES);
    for (let lane = first; lane < width; lane += LANES) {
      combine(-1, row + lane * BYTES, matrix + j * BYTES, step, matrix + lane * BYTES, step, j);
    }
    const square = load<f64>(row + j * BYTES);
    if (!(square > 0)) return false;
    const pivot = sqrt(square);
    for (let lane = first; lane < width; lane += LANES) divide(row + lane * BYTES, pivot);
    store<f64>(row + j * BYTES, pivot);
  }
  return true;
}

/** X of UᵀU X = B in place of B, which has `columns` in its rows, a multiple of the lanes. */
export function solve(factor: usize, n: i32, width: i32, right: usize, columns: i32): void {
  const step = width * BYTES;
  const rightStep = columns * BYTES;
  for (let lane = 0; lane < columns; lane += LANES, right += LANES * BYTES) {
    for (let i = 0; i < n; i++) {
      combine(-1, right + i * rightStep, factor + i * BYTES, step, right, rightStep, i);
      divide(right + i * rightStep, load<f64>(factor + i * step + i * BYTES));
    }
    const last = n - 1;
    for (let i = last; i >= 0; i--) {
      const row = factor + i * step;
      combine(-1, right + i * rightStep, row + last * BYTES, -BYTES, right + last * rightStep, -rightStep, last - i);
      divide(right + i * rightStep, load<f64>(row + i * BYTES));
    }
  }
}

/**
 * The lower triangle of the inverse of UᵀU; what lies above means nothing.
 * @param lower room for the inverse of Uᵀ, as large as the matrix
 */
export function invert(factor: usize, n: i32, width: i32, lower: usize, inverse: usize): void {
  const step = width * BYTES;
  for (let i = 0; i < n; i++) {
    const row = lower + i * step;
    const pivot = load<f64>(factor + i * step + i * BYTES);
    for (let lane = 0; lane < width; lane += LANES) {
      clear(row + lane * BYTES);
      if (lane >= i) continue;
      combine(1, row + lane * BYTES, factor + i * BYTES, step, lower + lane * BYTES, step, i);
      divide(row + lane * BYTES, -pivot);
    }
    store<f64>(row + i * BYTES, 1 / pivot);
  }
  for (let i = 0; i < n; i++) {
    for (let lane = 0; lane <= i; lane += LANES) {
      const at = inverse + i * step + lane * BYTES;
      clear(at);
      combine(1, at, lower + i * step + i * BYTES, step, lower + i * step + lane * BYTES, step, n - i);
    }
  }
}
