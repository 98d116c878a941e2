import { createRng, mirrorIntoUnit } from "@topogenie/core";
import { describe, expect, it } from "vitest";
import { SearchDistribution } from "../src/search-distribution.js";
import { strategyParameters } from "../src/strategy-parameters.js";

describe("strategy parameters", () => {
  it("are the published ones for ten dimensions", () => {
    const p = strategyParameters(10, 10, true);
    expect(p.parents).toBe(5);
    // Hansen's tutorial, table 1, worked by hand: w' = ln 5.5 - ln i.
    expect(p.effectiveParents).toBeCloseTo(3.1673, 3);
    expect(p.stepPathRate).toBeCloseTo((3.1673 + 2) / (10 + 3.1673 + 5), 4);
    expect(p.rankOneRate).toBeCloseTo(2 / (11.3 ** 2 + 3.1673), 6);
    expect(p.weights.slice(0, 5).reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
    expect(p.weights.slice(5).every((weight) => weight < 0)).toBe(true);
    expect(
      strategyParameters(10, 10, false)
        .weights.slice(5)
        .every((weight) => weight === 0),
    ).toBe(true);
  });
});

describe("the search distribution", () => {
  const ellipsoid = (x: Float64Array): number => x.reduce((sum, v, i) => sum + 10 ** (i * 1.5) * (v - 0.4) ** 2, 0);

  function minimised(updates: number): SearchDistribution {
    const parameters = strategyParameters(4, 8, true);
    const distribution = SearchDistribution.around(new Float64Array(4).fill(0.8), 0.2, parameters, new Float64Array(4));
    const rng = createRng(1);
    for (let update = 0; update < updates; update++) {
      const points = Array.from({ length: 8 }, () => distribution.sample(rng));
      distribution.update(points.sort((a, b) => ellipsoid(a) - ellipsoid(b)));
    }
    return distribution;
  }

  it("learns the shape of an ellipsoid: its covariance becomes the inverse Hessian but for a factor", () => {
    const { covariance, mean } = minimised(150).toJson();
    for (const at of mean) expect(at).toBeCloseTo(0.4, 4);
    const scaled = covariance.map((row, i) => (row[i] ?? 0) * 10 ** (i * 1.5));
    expect(Math.max(...scaled) / Math.min(...scaled)).toBeLessThan(10);
  });

  it("goes on from its saved form exactly", () => {
    const distribution = minimised(20);
    const parameters = strategyParameters(4, 8, true);
    const saved = JSON.parse(JSON.stringify(distribution.toJson())) as ReturnType<typeof distribution.toJson>;
    const restored = new SearchDistribution(parameters, new Float64Array(4), saved);
    expect(restored.sample(createRng(7))).toEqual(distribution.sample(createRng(7)));
    expect(restored.toJson()).toEqual(distribution.toJson());
  });

  it("keeps a coordinate with levels wide enough to leave one", () => {
    const parameters = strategyParameters(2, 6, true);
    const distribution = SearchDistribution.around(Float64Array.of(0.5, 0.5), 0.2, parameters, Float64Array.of(0.1, 0));
    const rng = createRng(1);
    for (let update = 0; update < 100; update++) {
      const points = Array.from({ length: 6 }, () => distribution.sample(rng));
      distribution.update(points.sort((a, b) => Math.hypot(a[0] ?? 0, a[1] ?? 0) - Math.hypot(b[0] ?? 0, b[1] ?? 0)));
    }
    const { sigma, covariance } = distribution.toJson();
    expect(sigma * Math.sqrt(covariance[0]?.[0] ?? 0)).toBeGreaterThan(0.05);
    expect(distribution.largestDeviation).toBeLessThan(1e-3);
  });
});

it.each([
  [0.3, 0.3],
  [-0.3, 0.3],
  [1.1, 0.9],
  [2.25, 0.25],
  [-1.75, 0.25],
  [1, 1],
])("the mirrored image of %d is %d", (coordinate, image) => {
  expect(mirrorIntoUnit(coordinate)).toBeCloseTo(image, 12);
});
