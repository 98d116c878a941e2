import type { TestProblem } from "./published-functions.js";

/** A published function of two objectives, with points along its published Pareto front. */
export interface MultiObjectiveTestProblem extends TestProblem {
  readonly front: readonly (readonly [first: number, second: number])[];
}

/** @param shape second objective, over `g`, from the first and `g`; the front is where g = 1, at x2 = … = xn = 0 */
function zdt(
  number: number,
  dimensions: number,
  ranges: readonly (readonly [from: number, to: number])[],
  shape: (first: number, g: number) => number,
): MultiObjectiveTestProblem {
  return {
    name: `ZDT${number} in ${dimensions} dimensions`,
    source: "Zitzler, Deb and Thiele, Evolutionary Computation 8, 2000",
    dimensions,
    bounds: Array.from({ length: dimensions }, () => [0, 1] as const),
    optimum: 0,
    evaluate: ([first = 0, ...rest]) => {
      const g = 1 + (9 * rest.reduce((sum, v) => sum + v, 0)) / rest.length;
      return { objectives: [first, g * shape(first, g)], violation: 0 };
    },
    front: Array.from({ length: 401 }, (_, index) => index / 400)
      .filter((first) => ranges.some(([from, to]) => from <= first && first <= to))
      .map((first) => [first, shape(first, 1)]),
  };
}

/** A convex front. */
export function zdt1(dimensions: number): MultiObjectiveTestProblem {
  return zdt(1, dimensions, [[0, 1]], (first, g) => 1 - Math.sqrt(first / g));
}

/** A concave front, which no weighted sum of the objectives finds. */
export function zdt2(dimensions: number): MultiObjectiveTestProblem {
  return zdt(2, dimensions, [[0, 1]], (first, g) => 1 - (first / g) ** 2);
}

/** A front in five pieces. */
export function zdt3(dimensions: number): MultiObjectiveTestProblem {
  const pieces = [
    [0, 0.0830015349],
    [0.182228728, 0.2577623634],
    [0.4093136748, 0.4538821041],
    [0.6183967944, 0.6525117038],
    [0.8233317983, 0.8518328654],
  ] as const;
  return zdt(3, dimensions, pieces, (first, g) => 1 - Math.sqrt(first / g) - (first / g) * Math.sin(10 * Math.PI * first));
}
