import { createRng } from "@topogenie/core";
import { describe, expect, it } from "vitest";
import { CholeskyFactor } from "../src/cholesky.js";
import { covarianceFactor } from "../src/covariance-factor.js";
import { fitHyperparameters, initialHyperparameters, likelihoodGradient } from "../src/fit-hyperparameters.js";
import { pointSet, scaled, type Hyperparameters } from "../src/matern-kernel.js";
import { objectiveTargets, violationTargets } from "../src/model-targets.js";
import { posteriorSamples } from "../src/posterior-samples.js";

const rng = createRng("model");
const points = Array.from({ length: 30 }, () => Float64Array.of(rng.uniform(), rng.uniform(), rng.uniform()));
/** Does not depend on the third coordinate. */
const truth = (x: Float64Array): number => Math.sin(5 * (x[0] ?? 0)) + (x[1] ?? 0) ** 2;
const targets = objectiveTargets(points, points.map(truth))?.values ?? new Float64Array();

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
    const factor = covarianceFactor(scaled(pointSet(points, 3), hyperparameters), hyperparameters);
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
    const gradient = likelihoodGradient(pointSet(points, 3).values, points.length, targets, of(base));
    for (const k of base.keys()) {
      const moved = (by: number): number => logPosterior(of(base.map((value, index) => (index === k ? value + by : value))));
      expect(gradient[k]).toBeCloseTo((moved(1e-5) - moved(-1e-5)) / 2e-5, 3);
    }
  });

  it("finds that a coordinate does not matter", () => {
    const { logScales } = fitHyperparameters(points, targets, initialHyperparameters(3), 40);
    expect(logScales[2]).toBeGreaterThan((logScales[0] ?? 0) + 0.5);
  });
});

describe("functions drawn from the posterior", () => {
  const hyperparameters = fitHyperparameters(points, targets, initialHyperparameters(3), 40);

  it("pass through the training points, and their mean comes near the truth between them", () => {
    const draws = posteriorSamples(points, targets, hyperparameters, points, [true, false, false], createRng(1));
    for (const draw of draws) draw.forEach((value, i) => expect(Math.abs(value - (targets[i] ?? 0))).toBeLessThan(0.3));
    const between = Array.from({ length: 50 }, () => Float64Array.of(rng.uniform(), rng.uniform(), rng.uniform()));
    const [mean] = posteriorSamples(points, targets, hyperparameters, between, [true], createRng(1));
    const order = (values: Iterable<number>): number[] => {
      const list = [...values];
      return list.map((value) => list.filter((other) => other < value).length);
    };
    const wanted = order(between.map(truth));
    const got = order(mean ?? []);
    const wrong = wanted.reduce((sum, rank, i) => sum + Math.abs(rank - (got[i] ?? 0)), 0) / wanted.length;
    expect(wrong).toBeLessThan(4);
  });

  it("spread by the prior's variance far from every training point", () => {
    const far = [Float64Array.of(50, 50, 50)];
    const draws = posteriorSamples(points, targets, hyperparameters, far, new Array<boolean>(400).fill(false), createRng(2));
    const square = draws.reduce((sum, draw) => sum + (draw[0] ?? 0) ** 2, 0) / draws.length;
    expect(square / Math.exp(hyperparameters.logSignal)).toBeCloseTo(1, 0);
  });
});

describe("what the models are fitted to", () => {
  const three = [0, 1, 2].map((value) => Float64Array.of(value));

  it("keeps the order of objectives and leaves failures out", () => {
    const found = objectiveTargets(three, [1e9, Infinity, -3]);
    expect(found?.points).toEqual([three[0], three[2]]);
    expect(found?.values[0]).toBeGreaterThan(found?.values[1] ?? Infinity);
    expect(objectiveTargets(three, [2, 2, Infinity])).toBeUndefined();
  });

  it("counts a failure as worse than every violation, and no violation as feasible", () => {
    const found = violationTargets(three, [0, 5, Infinity]);
    const [none = NaN, some = NaN, failed = NaN] = found?.values ?? [];
    expect(none).toBeLessThan(found?.feasibleUpTo ?? NaN);
    expect(some).toBeGreaterThan(found?.feasibleUpTo ?? NaN);
    expect(failed).toBeGreaterThan(some);
    expect(violationTargets(three, [0, 0, 0])).toBeUndefined();
  });
});
