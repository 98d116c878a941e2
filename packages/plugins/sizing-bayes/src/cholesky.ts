/** Lower triangle, row by row, of a symmetric matrix of n × n numbers. */
export class CholeskyFactor {
  readonly n: number;
  readonly #lower: Float64Array;

  private constructor(n: number, lower: Float64Array) {
    this.n = n;
    this.#lower = lower;
  }

  /**
   * Column by column, four rows at once: one sum alone waits for each of its subtractions.
   * @param matrix n × n, row by row; overwritten. Undefined when it is not positive definite.
   */
  static of(matrix: Float64Array, n: number): CholeskyFactor | undefined {
    for (let j = 0, rowJ = 0; j < n; j++, rowJ += n) {
      let square = matrix[rowJ + j] as number;
      for (let k = 0; k < j; k++) square -= (matrix[rowJ + k] as number) ** 2;
      if (!(square > 0)) return undefined;
      const pivot = Math.sqrt(square);
      matrix[rowJ + j] = pivot;
      for (let i = j + 1; i < n; i += 4) {
        // Beyond the last row it is done again, which is cheaper than a loop of its own.
        const row0 = i * n;
        const row1 = Math.min(n - 1, i + 1) * n;
        const row2 = Math.min(n - 1, i + 2) * n;
        const row3 = Math.min(n - 1, i + 3) * n;
        let sum0 = matrix[row0 + j] as number;
        let sum1 = matrix[row1 + j] as number;
        let sum2 = matrix[row2 + j] as number;
        let sum3 = matrix[row3 + j] as number;
        for (let k = 0; k < j; k++) {
          const value = matrix[rowJ + k] as number;
          sum0 -= (matrix[row0 + k] as number) * value;
          sum1 -= (matrix[row1 + k] as number) * value;
          sum2 -= (matrix[row2 + k] as number) * value;
          sum3 -= (matrix[row3 + k] as number) * value;
        }
        matrix[row0 + j] = sum0 / pivot;
        matrix[row1 + j] = sum1 / pivot;
        matrix[row2 + j] = sum2 / pivot;
        matrix[row3 + j] = sum3 / pivot;
      }
    }
    return new CholeskyFactor(n, matrix);
  }

  /** x of L x = b, in place of b. */
  solveLower(b: Float64Array): Float64Array {
    const { n } = this;
    const lower = this.#lower;
    for (let i = 0; i < n; i++) {
      let sum = b[i] as number;
      for (let k = 0; k < i; k++) sum -= (lower[i * n + k] as number) * (b[k] as number);
      b[i] = sum / (lower[i * n + i] as number);
    }
    return b;
  }

  /** x of Lᵀ x = b, in place of b. */
  solveUpper(b: Float64Array): Float64Array {
    const { n } = this;
    const lower = this.#lower;
    for (let i = n - 1; i >= 0; i--) {
      const value = (b[i] as number) / (lower[i * n + i] as number);
      b[i] = value;
      for (let k = 0; k < i; k++) b[k] = (b[k] as number) - (lower[i * n + k] as number) * value;
    }
    return b;
  }

  /** Logarithm of the determinant of the matrix. */
  logDeterminant(): number {
    let sum = 0;
    for (let i = 0; i < this.n; i++) sum += 2 * Math.log(this.#lower[i * this.n + i] as number);
    return sum;
  }

  /** The inverse of the matrix, row by row. */
  inverse(): Float64Array {
    const { n } = this;
    const lower = this.#lower;
    // Row j holds column j of the factor's inverse, so that every sum below runs along rows.
    const columns = new Float64Array(n * n);
    for (let j = 0; j < n; j++) {
      columns[j * n + j] = 1 / (lower[j * n + j] as number);
      for (let i = j + 1; i < n; i++) {
        let sum = 0;
        for (let k = j; k < i; k++) sum += (lower[i * n + k] as number) * (columns[j * n + k] as number);
        columns[j * n + i] = -sum / (lower[i * n + i] as number);
      }
    }
    const inverse = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) {
        let sum = 0;
        for (let k = i; k < n; k++) sum += (columns[i * n + k] as number) * (columns[j * n + k] as number);
        inverse[i * n + j] = sum;
        inverse[j * n + i] = sum;
      }
    }
    return inverse;
  }
}
