import type { CircuitFamily, Constraint, FigureOfMerit, Specification } from "../contracts/circuit-family.js";
import { sizingObjectives, type SizingObjective } from "./objectives.js";

type Measured = Readonly<Record<string, number>>;

/** How good a measured circuit is. */
export interface Judgement {
  /** Meets the family's minimum function: rung 6 of the ladder. */
  readonly functional: boolean;
  /** Meets the minimum function and the specification: rung 7. */
  readonly onSpec: boolean;
  /** 0 when on spec; at most the number of constraints. Any shortfall of the minimum function outweighs all of the specification. */
  readonly violation: number;
  /** On spec: how far the tightest constraint is from its bound, on the scale of {@link constraintViolation}; 0 off spec. */
  readonly margin: number;
  /** To be made small, as many as the sizing has. */
  readonly objectives: readonly number[];
  /** Absent when a measurement that it needs is missing. */
  readonly figureOfMerit?: number;
}

/** Two phases: first make it one of the family, then meet the specification, then better the objectives. */
export function judge(
  family: CircuitFamily,
  specification: Specification,
  measured: Measured,
  objectives: readonly SizingObjective[] = sizingObjectives(family),
): Judgement {
  const shortfall = specificationViolation(family.minimumFunction, measured);
  const excess = specificationViolation(specification, measured);
  const merit = family.figureOfMerit.evaluate(measured);
  return {
    functional: shortfall === 0,
    onSpec: shortfall === 0 && excess === 0,
    margin:
      shortfall === 0 && excess === 0
        ? tightestMargin([...family.minimumFunction.constraints, ...specification.constraints], measured)
        : 0,
    violation: shortfall > 0 ? specification.constraints.length + shortfall : excess,
    objectives: objectives.map((objective) => meritObjective(objective, objective.value(measured))),
    ...(Number.isFinite(merit) ? { figureOfMerit: merit } : {}),
  };
}

/** What a failed simulation is worth, in a sizing with so many objectives. */
export function failedJudgement(objectives: number): Judgement {
  return {
    functional: false,
    onSpec: false,
    violation: Infinity,
    margin: 0,
    objectives: new Array<number>(objectives).fill(Infinity),
  };
}

export function specificationViolation(specification: Specification, measured: Measured): number {
  return specification.constraints.reduce((sum, constraint) => sum + constraintViolation(constraint, measured), 0);
}

/**
 * 0 when the constraint holds, else v / (1 + v) of the distance v from the bound relative to the bound (absolute where the
 * bound is zero): below 1, so that no single wild figure drowns the others. 1 when the measurement could not be taken.
 */
export function constraintViolation(constraint: Constraint, measured: Measured): number {
  const value = measured[constraint.measurement];
  if (value === undefined || Number.isNaN(value)) return 1;
  return Math.max(relativeShortfall(value, constraint.atLeast, 1), relativeShortfall(value, constraint.atMost, -1));
}

/** Of constraints that hold: the slack of the one that is nearest to its bound, measured like a shortfall. */
function tightestMargin(constraints: readonly Constraint[], measured: Measured): number {
  const slacks = constraints.flatMap(({ measurement, atLeast, atMost }) => {
    const value = measured[measurement] ?? NaN;
    return [
      ...(atLeast === undefined ? [] : [relativeShortfall(value, atLeast, -1)]),
      ...(atMost === undefined ? [] : [relativeShortfall(value, atMost, 1)]),
    ];
  });
  return Math.min(1, ...slacks);
}

function relativeShortfall(value: number, bound: number | undefined, direction: 1 | -1): number {
  if (bound === undefined) return 0;
  const distance = Math.max(0, direction * (bound - value)) / (bound === 0 ? 1 : Math.abs(bound));
  return distance === Infinity ? 1 : distance / (1 + distance);
}

/**
 * A figure as something to make small: its logarithm, because sizing is judged in ratios, carried on
 * monotonically past zero. +Infinity when it is missing.
 */
export function meritObjective(figure: Pick<FigureOfMerit, "better">, merit: number): number {
  if (!Number.isFinite(merit)) return Infinity;
  // Beyond the logarithm of any positive float64 (745 in magnitude), so that the two parts never overlap.
  const logarithm = merit > 0 ? Math.log(merit) : -1000 - Math.log1p(-merit);
  return figure.better === "higher" ? -logarithm : logarithm;
}
