/**
 * Solves A x = b by Gaussian elimination with partial pivoting. `matrix` is square, row by row; both arguments are overwritten.
 * Returns undefined when the matrix is singular.
 */
export function solveLinear(matrix: readonly Float64Array[], right: Float64Array): Float64Array | undefined {
  const size = right.length;
  const rows = [...matrix];
  const at = (row: number, column: number): number => rows[row]?.[column] ?? 0;
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let row = column + 1; row < size; row++) if (Math.abs(at(row, column)) > Math.abs(at(pivot, column))) pivot = row;
    const pivotRow = rows[pivot];
    const displaced = rows[column];
    if (pivotRow === undefined || displaced === undefined || Math.abs(at(pivot, column)) < 1e-30) return undefined;
    [rows[column], rows[pivot]] = [pivotRow, displaced];
    [right[column], right[pivot]] = [right[pivot] ?? 0, right[column] ?? 0];
    for (let row = column + 1; row < size; row++) {
      const target = rows[row];
      const factor = at(row, column) / at(column, column);
      if (target === undefined || factor === 0) continue;
      for (let k = column; k < size; k++) target[k] = at(row, k) - factor * at(column, k);
      right[row] = (right[row] ?? 0) - factor * (right[column] ?? 0);
    }
  }
  const solution = new Float64Array(size);
  for (let row = size - 1; row >= 0; row--) {
    let sum = right[row] ?? 0;
    for (let k = row + 1; k < size; k++) sum -= at(row, k) * (solution[k] ?? 0);
    solution[row] = sum / at(row, row);
  }
  return solution;
}
