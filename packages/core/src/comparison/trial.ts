import type { SizingResult } from "../sizing/size-circuit.js";
import type { SizingProgress } from "../sizing/sizing-loop.js";

/** One optimizer's sizing of one circuit with one seed. */
export interface Trial {
  readonly problem: string;
  readonly optimizer: string;
  /** From 1. */
  readonly repeat: number;
  readonly simulations: number;
  readonly failedSimulations: number;
  /** Each time that the best rose; confirmed by no second run. */
  readonly progress: readonly Omit<SizingProgress, "budget">[];
  /** Of the best sizing, simulated again from a cold start. */
  readonly functional: boolean;
  readonly onSpec: boolean;
  readonly violation: number;
  readonly figureOfMerit?: number;
}

export function trialOf(problem: string, optimizer: string, repeat: number, result: SizingResult): Trial {
  const { simulations, failedSimulations, functional, onSpec, figureOfMerit } = result;
  return {
    problem,
    optimizer,
    repeat,
    simulations,
    failedSimulations,
    functional,
    onSpec,
    violation: finite(result.violation),
    ...(figureOfMerit === undefined ? {} : { figureOfMerit }),
    progress: result.progress.map((point) => ({
      simulations: point.simulations,
      functional: point.functional,
      onSpec: point.onSpec,
      violation: finite(point.violation),
      ...(point.figureOfMerit === undefined ? {} : { figureOfMerit: point.figureOfMerit }),
    })),
  };
}

/** JSON has no infinity. */
function finite(violation: number): number {
  return Number.isFinite(violation) ? violation : Number.MAX_VALUE;
}

/** How good a sizing is, small being good: first by how far it is off the specification, then by its figure of merit. */
export interface Quality {
  readonly violation: number;
  /** The figure of merit, with its sign turned where higher is better; +Infinity where there is none. */
  readonly cost: number;
}

export function qualityOf(
  { violation, figureOfMerit }: { readonly violation: number; readonly figureOfMerit?: number },
  better: "higher" | "lower",
): Quality {
  const cost = figureOfMerit === undefined ? Infinity : better === "higher" ? -figureOfMerit : figureOfMerit;
  return { violation: Number.isNaN(violation) ? Infinity : violation, cost: Number.isNaN(cost) ? Infinity : cost };
}

/** Negative when the first is better. */
export function compareQuality(one: Quality, other: Quality): number {
  if (one.violation !== other.violation) return one.violation < other.violation ? -1 : 1;
  return one.cost === other.cost ? 0 : one.cost < other.cost ? -1 : 1;
}

/** Simulations after which a trial is at least as good as `goal`; +Infinity when its budget does not suffice. */
export function simulationsUntil(trial: Pick<Trial, "progress">, goal: Quality, better: "higher" | "lower"): number {
  const reached = trial.progress.find((point) => compareQuality(qualityOf(point, better), goal) <= 0);
  return reached?.simulations ?? Infinity;
}

/** The best of a trial after so many simulations; undefined before the first that worked. */
export function bestAfter(trial: Trial, simulations: number): Trial["progress"][number] | undefined {
  return trial.progress.findLast((point) => point.simulations <= simulations);
}
