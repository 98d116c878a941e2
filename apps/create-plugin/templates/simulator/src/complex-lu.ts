/** A square system of complex equations, kept as separate real and imaginary parts, row by row. */
export class ComplexSystem {
  readonly size: number;
  readonly re: Float64Array;
  readonly im: Float64Array;
  readonly rhsRe: Float64Array;
  readonly rhsIm: Float64Array;

  constructor(size: number) {
    this.size = size;
    this.re = new Float64Array(size * size);
    this.im = new Float64Array(size * size);
    this.rhsRe = new Float64Array(size);
    this.rhsIm = new Float64Array(size);
  }

  clear(): void {
    for (const part of [this.re, this.im, this.rhsRe, this.rhsIm]) part.fill(0);
  }

  /** Adds to the coefficient of `column` in `row`; -1 stands for ground, which has neither. */
  add(row: number, column: number, re: number, im = 0): void {
    if (row < 0 || column < 0) return;
    const at = row * this.size + column;
    this.re[at] = (this.re[at] ?? 0) + re;
    this.im[at] = (this.im[at] ?? 0) + im;
  }

  addRight(row: number, re: number, im = 0): void {
    if (row < 0) return;
    this.rhsRe[row] = (this.rhsRe[row] ?? 0) + re;
    this.rhsIm[row] = (this.rhsIm[row] ?? 0) + im;
  }

  /**
   * Solves in place by LU decomposition with partial pivoting (Golub and Van Loan, Matrix Computations, ch. 3); the solution
   * takes the place of the right side. Returns the unknown at which the system turns out to be singular, -1 when it does not.
   */
  solve(): number {
    const { size: n, re, im, rhsRe, rhsIm } = this;
    const largest = Math.max(...re.map(Math.abs), ...im.map(Math.abs));
    for (let k = 0; k < n; k++) {
      const pivot = this.#pivotRow(k);
      const [pr, pi] = [re[pivot * n + k] ?? 0, im[pivot * n + k] ?? 0];
      const size2 = pr * pr + pi * pi;
      // Relative to the largest coefficient: what is left of a row that is a sum of others is rounding.
      if (!(Math.sqrt(size2) > 1e-16 * largest)) return k;
      if (pivot !== k) this.#swap(k, pivot);
      for (let row = k + 1; row < n; row++) {
        const [ar, ai] = [re[row * n + k] ?? 0, im[row * n + k] ?? 0];
        if (ar === 0 && ai === 0) continue;
        const fr = (ar * pr + ai * pi) / size2;
        const fi = (ai * pr - ar * pi) / size2;
        for (let column = k; column < n; column++) {
          const [br, bi] = [re[k * n + column] ?? 0, im[k * n + column] ?? 0];
          const at = row * n + column;
          re[at] = (re[at] ?? 0) - (fr * br - fi * bi);
          im[at] = (im[at] ?? 0) - (fr * bi + fi * br);
        }
        const [cr, ci] = [rhsRe[k] ?? 0, rhsIm[k] ?? 0];
        rhsRe[row] = (rhsRe[row] ?? 0) - (fr * cr - fi * ci);
        rhsIm[row] = (rhsIm[row] ?? 0) - (fr * ci + fi * cr);
      }
    }
    for (let k = n - 1; k >= 0; k--) {
      let [sr, si] = [rhsRe[k] ?? 0, rhsIm[k] ?? 0];
      for (let column = k + 1; column < n; column++) {
        const [ar, ai] = [re[k * n + column] ?? 0, im[k * n + column] ?? 0];
        const [xr, xi] = [rhsRe[column] ?? 0, rhsIm[column] ?? 0];
        sr -= ar * xr - ai * xi;
        si -= ar * xi + ai * xr;
      }
      const [pr, pi] = [re[k * n + k] ?? 0, im[k * n + k] ?? 0];
      const size2 = pr * pr + pi * pi;
      rhsRe[k] = (sr * pr + si * pi) / size2;
      rhsIm[k] = (si * pr - sr * pi) / size2;
    }
    return -1;
  }

  #pivotRow(k: number): number {
    const { size: n, re, im } = this;
    let best = k;
    let most = -1;
    for (let row = k; row < n; row++) {
      const magnitude = Math.hypot(re[row * n + k] ?? 0, im[row * n + k] ?? 0);
      if (magnitude > most) [best, most] = [row, magnitude];
    }
    return best;
  }

  #swap(one: number, other: number): void {
    const { size: n } = this;
    for (const part of [this.re, this.im]) {
      const kept = part.slice(one * n, (one + 1) * n);
      part.copyWithin(one * n, other * n, (other + 1) * n);
      part.set(kept, other * n);
    }
    for (const part of [this.rhsRe, this.rhsIm]) [part[one], part[other]] = [part[other] ?? 0, part[one] ?? 0];
  }
}
