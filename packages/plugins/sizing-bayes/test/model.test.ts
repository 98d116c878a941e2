import { createRng } from "@topogenie/core";
import { describe, expect, it } from "vitest";
import { CholeskyFactor } from "../src/cholesky.js";
import { covarianceFactor, distancesWithin } from "../src/covariance-factor.js";
import { fitHyperparameters, initialHyperparameters, likelihoodGradient, pairSquares } from "../src/fit-hyperparameters.js";
import { pointSet, scaled, type Hyperparameters } from "../src/matern-kernel.js";
import { objectiveTargets, violationTargets } from "../src/model-targets.js";
import { posteriorSamples } from "../src/posterior-samples.js";

const rng = createRng("model");
const points = Array.from({ length: 30 }, () => Float64Array.of(rng.uniform(), rng.uniform(), rng.uniform()));
/** Does not depend on the third coordinate. */
const truth = (x: Float64Array): number => Math.sin(5 * (x[0] ?? 0)) + (x[1] ?? 0) ** 2;
const targets = objectiveTargets(points.map(truth)) ?? new Float64Array();

it("a Cholesky factor solves and inverts", () => {
  const factor = CholeskyFactor.of(Float64Array.of(4, 0, 0, 2, 5, 0, 1, 3, 6), 3);
  const solved = factor?.solveUpper(factor.solveLower(Float64Array.of(7, 10, 10)));
  expect([...(solved ?? [])].map((value) => Math.round(value * 1e9) / 1e9)).toEqual([1, 1, 1]);
  expect(factor?.logDeterminant()).toBeCloseTo(Math.log(4 * (5 * 6 - 9) - 2 * (12 - 3) + (6 - 5)), 9);
  expect(factor?.inverse()[0]).toBeCloseTo(21 / 67, 9);
  expect(CholeskyFactor.of(Float64Array.of(1, 0, 2, 1), 2)).toBeUndefined();
});

describe("the fit of the hyperparameters", () => {
  function logPosterior(hyperparameters: Hyperparameters): number {
    const factor = covarianceFactor(
      distancesWithin(scaled(pointSet(points, 3), hyperparameters)),
      points.length,
      hyperparameters,
    );
    const weights = factor.solveUpper(factor.solveLower(targets.slice()));
    const fit = weights.reduce((sum, weight, i) => sum + weight * (targets[i] ?? 0), 0);
    const prior = hyperparameters.logScales.reduce((sum, value) => sum + (value - Math.log(0.5)) ** 2, 0);
    return -0.5 * fit - 0.5 * factor.logDeterminant() - 0.5 * prior;
  }

  it("follows the true gradient of the marginal likelihood", () => {
    const base = [0.1, -0.5, -1, 0.2, -3];
    const of = (at: readonly number[]): Hyperparameters => ({
      logScales: Float64Array.from(at.slice(0, 3)),
      logSignal: at[3] ?? 0,
      logNoise: at[4] ?? 0,
    });
    const gradient = likelihoodGradient(pairSquares(points, 3), [targets], of(base));
    for (const k of base.keys()) {
      const moved = (by: number): number => logPosterior(of(base.map((value, index) => (index === k ? value + by : value))));
      expect(gradient[k]).toBeCloseTo((moved(1e-5) - moved(-1e-5)) / 2e-5, 3);
    }
  });

  it("finds that a coordinate does not matter", () => {
    const { logScales } = fitHyperparameters(points, [targets], initialHyperparameters(3), 40);
    expect(logScales[2]).toBeGreaterThan((logScales[0] ?? 0) + 0.5);
  });
});

describe("functions drawn from the posterior", () => {
  const hyperparameters = fitHyperparameters(points, [targets], initialHyperparameters(3), 40);
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
});

describe("what the models are fitted to", () => {
  it("keeps the order of objectives, and counts a failure as the worst of them", () => {
    const [worst = NaN, failed, best = NaN] = objectiveTargets([1e9, Infinity, -3]) ?? [];
    expect(worst).toBeGreaterThan(best);
    expect(failed).toBe(worst);
    expect(objectiveTargets([2, 2, Infinity])).toBeUndefined();
  });

  it("counts a failure as worse than every violation, and no violation as feasible", () => {
    const found = violationTargets([0, 5, Infinity]);
    const [none = NaN, some = NaN, failed = NaN] = found?.values ?? [];
    expect(none).toBeLessThan(found?.feasibleUpTo ?? NaN);
    expect(some).toBeGreaterThan(found?.feasibleUpTo ?? NaN);
    expect(failed).toBeGreaterThan(some);
    expect(violationTargets([0, 0, 0])).toBeUndefined();
  });

  it("tells apart how far inside its constraints a point is", () => {
    const found = violationTargets([-0.5, -0.1, 0, 0.1]);
    const [deep = NaN, inside = NaN, edge = NaN, outside = NaN] = found?.values ?? [];
    expect(deep).toBeLessThan(inside);
    expect(inside).toBeLessThan(edge);
    expect(found?.feasibleUpTo).toBeGreaterThan(edge);
    expect(found?.feasibleUpTo).toBeLessThan(outside);
  });
});
