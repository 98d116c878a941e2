import { dense } from "./dense.js";

const LANES = 8;
const NUMBER = Float64Array.BYTES_PER_ELEMENT;
const PAGE = 65_536;

const firstFree = dense.firstFree();
let nextFree = firstFree;

/** Rows of numbers in the memory of {@link dense}, each `width` numbers after the one before; beyond `columns` they mean nothing. */
export interface Matrix {
  /** Its address. */
  readonly at: number;
  readonly rows: number;
  readonly columns: number;
  readonly width: number;
}

/** Ends all matrices: each computation begins with it, and its results are copied out of them before the next. */
export function endMatrices(): void {
  nextFree = firstFree;
}

/** With whatever its memory holds. */
export function newMatrix(rows: number, columns: number): Matrix {
  const width = Math.ceil(columns / LANES) * LANES;
  const at = nextFree;
  nextFree += rows * width * NUMBER;
  const missing = nextFree - dense.memory.buffer.byteLength;
  if (missing > 0) dense.memory.grow(Math.ceil(missing / PAGE));
  return { at, rows, columns, width };
}

/** Its rows, one after the other, until the next matrix is made: that may move them. */
export function numbersOf({ at, rows, width }: Matrix): Float64Array {
  return new Float64Array(dense.memory.buffer, at, rows * width);
}

/** A copy. */
export function rowOf(matrix: Matrix, row: number): Float64Array {
  return numbersOf(matrix).slice(row * matrix.width, row * matrix.width + matrix.columns);
}

export function transposed(matrix: Matrix): Matrix {
  const result = newMatrix(matrix.columns, matrix.rows);
  const [from, to] = [numbersOf(matrix), numbersOf(result)];
  for (let i = 0; i < matrix.rows; i++) {
    for (let j = 0; j < matrix.columns; j++) to[j * result.width + i] = from[i * matrix.width + j] as number;
  }
  return result;
}

/** A B. */
export function product(a: Matrix, b: Matrix): Matrix {
  const result = newMatrix(a.rows, b.columns);
  dense.multiply(result.at, a.rows, b.width, a.at, a.width, 1, b.at, b.rows);
  return result;
}

/** Aᵀ B. */
export function productOfTransposed(a: Matrix, b: Matrix): Matrix {
  const result = newMatrix(a.columns, b.columns);
  dense.multiply(result.at, a.columns, b.width, a.at, 1, a.width, b.at, b.rows);
  return result;
}
