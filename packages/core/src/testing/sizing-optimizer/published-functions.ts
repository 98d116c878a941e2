import type { Evaluation } from "../../contracts/sizing-optimizer.js";

/** A published function to optimize, with the published optimum. */
export interface TestProblem {
  readonly name: string;
  readonly source: string;
  readonly dimensions: number;
  readonly bounds: readonly (readonly [minimum: number, maximum: number])[];
  /** Value of the first objective at the best feasible point. */
  readonly optimum: number;
  /** `x` in the function's own units. Every objective is to be made small. */
  evaluate(x: readonly number[]): Pick<Evaluation, "objectives" | "violation" | "constraints">;
}

/** Evaluates a point of the unit cube. */
export function evaluateAt(problem: TestProblem, id: number, point: Float64Array): Evaluation {
  const x = problem.bounds.map(([minimum, maximum], index) => minimum + (point[index] ?? 0) * (maximum - minimum));
  return { id, x: point, ...problem.evaluate(x) };
}

function boxed(dimensions: number, minimum: number, maximum: number): [number, number][] {
  return Array.from({ length: dimensions }, () => [minimum, maximum]);
}

/** @param constraints violated where above zero */
function constrained(...constraints: number[]): Pick<Evaluation, "violation" | "constraints"> {
  return { violation: constraints.reduce((sum, value) => sum + Math.max(0, value), 0), constraints };
}

/** Many local minima on a regular lattice. */
export function rastrigin(dimensions: number): TestProblem {
  return {
    name: `Rastrigin in ${dimensions} dimensions`,
    source: "Mühlenbein, Schomisch and Born, Parallel Computing 17, 1991",
    dimensions,
    // Not centred on the minimum, so that an optimizer which favours the middle gains nothing.
    bounds: boxed(dimensions, -4.12, 6.12),
    optimum: 0,
    evaluate: (x) => ({
      objectives: [x.reduce((sum, v) => sum + v * v - 10 * Math.cos(2 * Math.PI * v) + 10, 0)],
      violation: 0,
    }),
  };
}

/** A long curved valley. */
export function rosenbrock(dimensions: number): TestProblem {
  return {
    name: `Rosenbrock in ${dimensions} dimensions`,
    source: "Rosenbrock, The Computer Journal 3, 1960",
    dimensions,
    bounds: boxed(dimensions, -2.048, 2.048),
    optimum: 0,
    evaluate: (x) => {
      let sum = 0;
      for (let i = 0; i + 1 < x.length; i++) {
        const [a = 0, b = 0] = [x[i], x[i + 1]];
        sum += 100 * (b - a * a) ** 2 + (1 - a) ** 2;
      }
      return { objectives: [sum], violation: 0 };
    },
  };
}

const koziel = "Koziel and Michalewicz, Evolutionary Computation 7, 1999, and Liang et al., CEC 2006 problem definitions";

/** A cubic objective in a thin crescent: 0.0066 % of the box is feasible. */
export const g06: TestProblem = {
  name: "G06",
  source: koziel,
  dimensions: 2,
  bounds: [
    [13, 100],
    [0, 100],
  ],
  optimum: -6961.81387558,
  evaluate: ([a = 0, b = 0]) => ({
    objectives: [(a - 10) ** 3 + (b - 20) ** 3],
    ...constrained(-((a - 5) ** 2) - (b - 5) ** 2 + 100, (a - 6) ** 2 + (b - 5) ** 2 - 82.81),
  }),
};

/** Two inequality constraints round a wavy objective. */
export const g08: TestProblem = {
  name: "G08",
  source: koziel,
  dimensions: 2,
  bounds: boxed(2, 0, 10),
  optimum: -0.0958250414,
  evaluate: ([a = 0, b = 0]) => {
    const value = (Math.sin(2 * Math.PI * a) ** 3 * Math.sin(2 * Math.PI * b)) / (a ** 3 * (a + b));
    // The function is not defined at a = 0, which lies at the edge of the box.
    return { objectives: [Number.isFinite(value) ? -value : Infinity], ...constrained(a * a - b + 1, 1 - a + (b - 4) ** 2) };
  },
};

/** Five variables, six inequality constraints of which two are active. */
export const g04: TestProblem = {
  name: "G04",
  source: koziel,
  dimensions: 5,
  bounds: [
    [78, 102],
    [33, 45],
    [27, 45],
    [27, 45],
    [27, 45],
  ],
  optimum: -30665.53867178,
  evaluate: ([a = 0, b = 0, c = 0, d = 0, e = 0]) => {
    const u = 85.334407 + 0.0056858 * b * e + 0.0006262 * a * d - 0.0022053 * c * e;
    const v = 80.51249 + 0.0071317 * b * e + 0.0029955 * a * b + 0.0021813 * c * c;
    const w = 9.300961 + 0.0047026 * c * e + 0.0012547 * a * c + 0.0019085 * c * d;
    return {
      objectives: [5.3578547 * c * c + 0.8356891 * a * e + 37.293239 * a - 40792.141],
      ...constrained(u - 92, -u, v - 110, 90 - v, w - 25, 20 - w),
    };
  },
};

/** Seven variables, polynomials to the sixth power, two of four inequality constraints active; 0.5 % of the box is feasible. */
export const g09: TestProblem = {
  name: "G09",
  source: koziel,
  dimensions: 7,
  bounds: boxed(7, -10, 10),
  optimum: 680.630057374402,
  evaluate: ([a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0]) => ({
    objectives: [
      (a - 10) ** 2 +
        5 * (b - 12) ** 2 +
        c ** 4 +
        3 * (d - 11) ** 2 +
        10 * e ** 6 +
        7 * f * f +
        g ** 4 -
        4 * f * g -
        10 * f -
        8 * g,
    ],
    ...constrained(
      2 * a * a + 3 * b ** 4 + c + 4 * d * d + 5 * e - 127,
      7 * a + 3 * b + 10 * c * c + d - e - 282,
      23 * a + b * b + 6 * f * f - 8 * g - 196,
      4 * a * a + b * b - 3 * a * b + 2 * c * c + 5 * f - 11 * g,
    ),
  }),
};

/** Two feasible regions that do not touch; the optimum is a corner of one. */
export const g24: TestProblem = {
  name: "G24",
  source: koziel,
  dimensions: 2,
  bounds: [
    [0, 3],
    [0, 4],
  ],
  optimum: -5.50801327159536,
  evaluate: ([a = 0, b = 0]) => ({
    objectives: [-a - b],
    ...constrained(-2 * a ** 4 + 8 * a ** 3 - 8 * a * a + b - 2, -4 * a ** 4 + 32 * a ** 3 - 88 * a * a + 96 * a + b - 36),
  }),
};
