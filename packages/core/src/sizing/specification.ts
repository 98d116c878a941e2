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
  /**
   * {@link signedViolation} of each constraint of the specification, and before them of those of the minimum function that it does
   * not imply; absent when the simulation failed.
   */
  readonly constraints?: readonly number[];
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
    violation: shortfall > 0 ? specification.constraints.length + shortfall : excess,
    constraints: [
      ...family.minimumFunction.constraints.filter((constraint) => !isImplied(constraint, specification)),
      ...specification.constraints,
    ].map((constraint) => signedViolation(constraint, measured)),
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
    objectives: new Array<number>(objectives).fill(Infinity),
  };
}

export function specificationViolation(specification: Specification, measured: Measured): number {
  return specification.constraints.reduce((sum, constraint) => sum + constraintViolation(constraint, measured), 0);
}

/** 0 when the constraint holds, else its {@link signedViolation}. */
export function constraintViolation(constraint: Constraint, measured: Measured): number {
  return Math.max(0, signedViolation(constraint, measured));
}

/**
 * v / (1 + |v|) of the distance v from the nearest bound relative to that bound (absolute where the bound is zero): above zero
 * where it is violated, and within 1, so that no single wild figure drowns the others. 1 when the measurement could not be taken.
 */
export function signedViolation({ measurement, atLeast, atMost }: Constraint, measured: Measured): number {
  const value = measured[measurement];
  if (value === undefined || Number.isNaN(value)) return 1;
  return Math.max(-1, relativeDistance(value, atLeast, 1), relativeDistance(value, atMost, -1));
}

/** Whether what meets the specification meets the constraint. */
function isImplied({ measurement, atLeast = -Infinity, atMost = Infinity }: Constraint, specification: Specification): boolean {
  return specification.constraints.some(
    (own) => own.measurement === measurement && (own.atLeast ?? -Infinity) >= atLeast && (own.atMost ?? Infinity) <= atMost,
  );
}

function relativeDistance(value: number, bound: number | undefined, direction: 1 | -1): number {
  if (bound === undefined) return -Infinity;
  const distance = (direction * (bound - value)) / (bound === 0 ? 1 : Math.abs(bound));
  return Math.abs(distance) === Infinity ? Math.sign(distance) : distance / (1 + Math.abs(distance));
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
