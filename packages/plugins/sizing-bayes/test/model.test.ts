import { createRng } from "@topogenie/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitHyperparameters, initialHyperparameters } from "../src/fit-hyperparameters.js";
import { Likelihood } from "../src/likelihood.js";
import { coordinates, covarianceFactor, pairKernels, pointSet, solve, type Hyperparameters } from "../src/matern-kernel.js";
import { endMatrices, newMatrix, numbersOf, product, productOfTransposed, transposed, type Matrix } from "../src/matrix.js";
import { constraintTargets, objectiveTargets } from "../src/model-targets.js";
import { posteriorSamples } from "../src/posterior-samples.js";

const rng = createRng("model");
const points = Array.from({ length: 30 }, () => Float64Array.of(rng.uniform(), rng.uniform(), rng.uniform()));
/** Does not depend on the third coordinate. */
const truth = (x: Float64Array): number => Math.sin(5 * (x[0] ?? 0)) + (x[1] ?? 0) ** 2;
const targets = objectiveTargets(points.map(truth)) ?? new Float64Array();

/** Of a symmetric matrix, by elimination: plain loops beside which the quick ones are held. */
function solveAndDeterminant(matrix: readonly (readonly number[])[], right: readonly number[]): [number[], number] {
  const rows = matrix.map((row, i) => [...row, right[i] ?? 0]);
  const n = rows.length;
  let logDeterminant = 0;
  for (const [k, pivot] of rows.entries()) {
    logDeterminant += Math.log(pivot[k] ?? 0);
    for (const row of rows.slice(k + 1)) {
      const factor = (row[k] ?? 0) / (pivot[k] ?? 0);
      for (let j = k; j <= n; j++) row[j] = (row[j] ?? 0) - factor * (pivot[j] ?? 0);
    }
  }
  const solved = new Array<number>(n).fill(0);
  for (let k = n - 1; k >= 0; k--) {
    const known = solved.reduce((sum, value, j) => (j > k ? sum + value * (rows[k]?.[j] ?? 0) : sum), 0);
    solved[k] = ((rows[k]?.[n] ?? 0) - known) / (rows[k]?.[k] ?? 0);
  }
  return [solved, logDeterminant];
}

function covarianceOf(one: Float64Array, other: Float64Array, { logScales, logSignal }: Hyperparameters): number {
  const scaled = Math.hypot(...one.map((value, d) => (value - (other[d] ?? 0)) / Math.exp(logScales[d] ?? 0))) * Math.sqrt(5);
  return Math.exp(logSignal) * (1 + scaled + scaled ** 2 / 3) * Math.exp(-scaled);
}

function covariances(hyperparameters: Hyperparameters, among = points): number[][] {
  const noise = Math.exp(hyperparameters.logNoise);
  return among.map((one, i) => among.map((other, j) => covarianceOf(one, other, hyperparameters) + (i === j ? noise : 0)));
}

describe("dense algebra", () => {
  /** So many numbers in a square that it takes more than one group of lanes, and not all of the last. */
  const n = 19;

  function filled(rows: number, columns: number, value: (row: number, column: number) => number): Matrix {
    const matrix = newMatrix(rows, columns);
    const numbers = numbersOf(matrix);
    for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) numbers[i * matrix.width + j] = value(i, j);
    return matrix;
  }

  function rowsOf(matrix: Matrix): number[][] {
    const numbers = numbersOf(matrix);
    return Array.from({ length: matrix.rows }, (_, i) => [
      ...numbers.subarray(i * matrix.width, i * matrix.width + matrix.columns),
    ]);
  }

  it("multiplies matrices of any shape", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 20 }),
        (p, q, r) => {
          endMatrices();
          const one = (i: number, k: number): number => Math.sin(i + 2.5 * k);
          const other = (k: number, j: number): number => Math.cos(k * j + 1);
          const a = filled(p, q, one);
          const b = filled(q, r, other);
          for (const [i, row] of rowsOf(product(a, b)).entries()) {
            for (const [j, value] of row.entries()) {
              let sum = 0;
              for (let k = 0; k < q; k++) sum += one(i, k) * other(k, j);
              expect(value).toBeCloseTo(sum, 12);
            }
          }
          expect(rowsOf(productOfTransposed(transposed(a), b))).toEqual(rowsOf(product(a, b)));
        },
      ),
    );
  });

  it("takes more memory than there was, and keeps what was in it", () => {
    endMatrices();
    const small = filled(3, 3, (i, j) => i - j);
    newMatrix(1000, 1000);
    expect(rowsOf(small)).toEqual([
      [0, -1, -2],
      [1, 0, -1],
      [2, 1, 0],
    ]);
  });

  it("solves by Cholesky's factor", () => {
    endMatrices();
    const hyperparameters = initialHyperparameters(3);
    const given = pointSet(points.slice(0, n), 3);
    const factor = covarianceFactor(
      pairKernels(coordinates(given, new Float64Array(3).fill(2)), Float64Array.of(1, 1, 1)).kernels,
      hyperparameters,
    );
    const right = Array.from({ length: n }, (_, i) => Math.sin(3 * i));
    const solved = rowsOf(
      solve(
        factor,
        filled(n, 9, (i, j) => (right[i] ?? 0) * (j + 1)),
      ),
    );
    const [expected] = solveAndDeterminant(covariances(hyperparameters, points.slice(0, n)), right);
    for (const [i, row] of solved.entries()) {
      for (const [j, value] of row.entries()) expect(value / (j + 1)).toBeCloseTo(expected[i] ?? NaN, 6);
    }
  });

  it("factors points that coincide by adding noise", () => {
    endMatrices();
    const twice = pointSet([...points, ...points], 3);
    const same = { ...initialHyperparameters(3), logNoise: -100 };
    const factor = covarianceFactor(
      pairKernels(coordinates(twice, new Float64Array(3).fill(1)), Float64Array.of(1, 1, 1)).kernels,
      same,
    );
    expect(
      rowsOf(
        solve(
          factor,
          filled(60, 1, () => 1),
        ),
      ).every(([value]) => Number.isFinite(value)),
    ).toBe(true);
  });
});

describe("the fit of the hyperparameters", () => {
  function logPosterior(hyperparameters: Hyperparameters, all: readonly Float64Array[]): number {
    const prior = hyperparameters.logScales.reduce((sum, value) => sum + (value - Math.log(0.5)) ** 2, 0);
    return all.reduce((sum, own) => {
      const [weights, logDeterminant] = solveAndDeterminant(covariances(hyperparameters), [...own]);
      const fit = weights.reduce((total, weight, i) => total + weight * (own[i] ?? 0), 0);
      return sum - 0.5 * fit - 0.5 * logDeterminant;
    }, -0.5 * prior);
  }

  it("follows the true gradient of the marginal likelihood", () => {
    const base = [0.1, -0.5, -1, 0.2, -3];
    const of = (at: readonly number[]): Hyperparameters => ({
      logScales: Float64Array.from(at.slice(0, 3)),
      logSignal: at[3] ?? 0,
      logNoise: at[4] ?? 0,
    });
    const all = [targets, targets.map((value, i) => value * Math.cos(i))];
    const gradient = new Likelihood(pointSet(points, 3), all).gradient(of(base));
    for (const k of base.keys()) {
      const moved = (by: number): number => logPosterior(of(base.map((value, index) => (index === k ? value + by : value))), all);
      expect(gradient[k]).toBeCloseTo((moved(1e-5) - moved(-1e-5)) / 2e-5, 3);
    }
  });

  it("finds that a coordinate does not matter", () => {
    const { logScales } = fitHyperparameters(pointSet(points, 3), [targets], initialHyperparameters(3), 40);
    expect(logScales[2]).toBeGreaterThan((logScales[0] ?? 0) + 0.5);
  });
});

describe("functions drawn from the posterior", () => {
  const hyperparameters = fitHyperparameters(pointSet(points, 3), [targets], initialHyperparameters(3), 40);
  const drawn = (at: readonly Float64Array[], plain: readonly boolean[], seed: number, given = [targets]): Float64Array[][] =>
    posteriorSamples(pointSet(points, 3), given, hyperparameters, pointSet(at, 3), plain, createRng(seed));

  it("pass through the training points, and their mean comes near the truth between them", () => {
    const [draws = []] = drawn(points, [true, false, false], 1);
    for (const draw of draws) draw.forEach((value, i) => expect(Math.abs(value - (targets[i] ?? 0))).toBeLessThan(0.3));
    const between = Array.from({ length: 50 }, () => Float64Array.of(rng.uniform(), rng.uniform(), rng.uniform()));
    const mean = drawn(between, [true], 1)[0]?.[0];
    const order = (values: Iterable<number>): number[] => {
      const list = [...values];
      return list.map((value) => list.filter((other) => other < value).length);
    };
    const wanted = order(between.map(truth));
    const got = order(mean ?? []);
    const wrong = wanted.reduce((sum, rank, i) => sum + Math.abs(rank - (got[i] ?? 0)), 0) / wanted.length;
    expect(wrong).toBeLessThan(4);
  });

  it("have the mean that the Gaussian process has", () => {
    const between = Array.from({ length: 21 }, () => Float64Array.of(rng.uniform(), rng.uniform(), rng.uniform()));
    const [weights] = solveAndDeterminant(covariances(hyperparameters), [...targets]);
    const [[mean] = []] = drawn(between, [true], 1);
    between.forEach((at, read) => {
      const expected = points.reduce((sum, point, i) => sum + (weights[i] ?? 0) * covarianceOf(at, point, hyperparameters), 0);
      expect(mean?.[read]).toBeCloseTo(expected, 2);
    });
  });

  it("are of each target, in the order of what is asked for", () => {
    const turned = targets.map((value) => -value);
    const [ones = [], others = []] = drawn(points, [false, true, false, false, false], 1, [targets, turned]);
    for (const [values, own] of [
      [ones, targets],
      [others, turned],
    ] as const) {
      expect(values).toHaveLength(5);
      for (const draw of values) draw.forEach((value, i) => expect(Math.abs(value - (own[i] ?? 0))).toBeLessThan(0.3));
    }
    const [alone = []] = drawn(points.slice(0, 4), [true], 2);
    expect([...(ones[1]?.slice(0, 4) ?? [])].map((v) => v.toFixed(9))).toEqual([...(alone[0] ?? [])].map((v) => v.toFixed(9)));
  });

  it("spread by the prior's variance far from every training point", () => {
    const [draws = []] = drawn([Float64Array.of(50, 50, 50)], new Array<boolean>(400).fill(false), 2);
    const square = draws.reduce((sum, draw) => sum + (draw[0] ?? 0) ** 2, 0) / draws.length;
    expect(square / Math.exp(hyperparameters.logSignal)).toBeCloseTo(1, 0);
  });

  it("depart from the means of two targets by chance, each in its own way", () => {
    const far = [Float64Array.of(50, 50, 50)];
    const [ones = [], others = [], ...more] = drawn(far, new Array<boolean>(400).fill(false), 3, [targets, targets, targets]);
    expect(more).toHaveLength(1);
    const product = ones.reduce((sum, draw, i) => sum + (draw[0] ?? 0) * (others[i]?.[0] ?? 0), 0) / ones.length;
    expect(Math.abs(product) / Math.exp(hyperparameters.logSignal)).toBeLessThan(0.2);
    // A single draw serves two targets by its mirror image, and more than two do with more draws.
    const single = drawn(far, [false], 3, [targets, targets, targets, targets]).map(([draw]) => (draw?.[0] ?? NaN).toFixed(9));
    expect(new Set(single).size).toBe(4);
  });
});

describe("what the models are fitted to", () => {
  it("keeps the order of objectives, and counts a failure as the worst of them", () => {
    const [worst = NaN, failed, best = NaN] = objectiveTargets([1e9, Infinity, -3]) ?? [];
    expect(worst).toBeGreaterThan(best);
    expect(failed).toBe(worst);
    expect(objectiveTargets([2, 2, Infinity])).toBeUndefined();
  });

  it("counts a failure as worse than every violation, and no violation as feasible", () => {
    const [found, ...more] = constraintTargets([{ violation: 0 }, { violation: 5 }, { violation: Infinity }]);
    expect(more).toEqual([]);
    const [none = NaN, some = NaN, failed = NaN] = found?.values ?? [];
    expect(none).toBeLessThan(found?.feasibleUpTo ?? NaN);
    expect(some).toBeGreaterThan(found?.feasibleUpTo ?? NaN);
    expect(failed).toBeGreaterThan(some);
    expect(constraintTargets([{ violation: 0 }, { violation: 0 }])).toEqual([]);
  });

  it("tells apart how far inside its constraints a point is", () => {
    const [found] = constraintTargets(
      [-0.5, -0.1, 0, 0.1].map((value) => ({ violation: Math.max(0, value), constraints: [value] })),
    );
    const [deep = NaN, inside = NaN, edge = NaN, outside = NaN] = found?.values ?? [];
    expect(deep).toBeLessThan(inside);
    expect(inside).toBeLessThan(edge);
    expect(found?.feasibleUpTo).toBeGreaterThan(edge);
    expect(found?.feasibleUpTo).toBeLessThan(outside);
  });

  it("models the constraints that are violated most, in one scale, and none that always holds", () => {
    const points = [0.2, 0.4, -0.1].map((value) => ({
      violation: 1,
      constraints: [-(value ** 2), value / 10, value, 2 * value, value / 5],
    }));
    const found = constraintTargets([...points, { violation: Infinity }]);
    const [twice, once, fifth] = found;
    expect(found).toHaveLength(4);
    expect(twice?.weight).toBeGreaterThan(once?.weight ?? NaN);
    expect(once?.weight).toBeGreaterThan(fifth?.weight ?? NaN);
    for (const { values } of found) expect(Math.max(...values)).toBe(values[3]);
    const held = points.map(({ constraints }) => ({ violation: 0, constraints: constraints.map((value) => -Math.abs(value)) }));
    expect(constraintTargets(held)).toEqual([]);
  });
});
