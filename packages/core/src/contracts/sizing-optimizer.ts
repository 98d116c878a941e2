import type { Rng } from "../runtime/rng.js";

/** What a dimension is in its circuit, for optimizers that carry what they learn from one circuit to the next. */
export interface DimensionMeaning {
  /** What is chosen: `nmos4.w`, a device type and its parameter, or `VB`, the kind of a bias. Its range is the same throughout a family. */
  readonly quantity: string;
  /** Devices that share the size; 0 for a bias. */
  readonly devices: number;
  /** Where the first of these devices is, a word a pin (see `dimensionMeanings`), or what the bias feeds. */
  readonly place: readonly string[];
}

/** One design variable as an optimizer sees it: core maps the unit interval onto its bounds, scale and whole numbers. */
export interface Dimension {
  readonly name: string;
  /** Number of distinct values when only some are possible; core rounds to the nearest of them, evenly spaced in [0, 1]. */
  readonly levels?: number;
  /** Absent where the problem is no circuit. */
  readonly meaning?: DimensionMeaning;
}

export interface OptimizationProblem {
  /** Circuit family; absent where the problem is no circuit. */
  readonly family?: string;
  readonly dimensions: readonly Dimension[];
  /** Names, for reading; every objective is to be made small. */
  readonly objectives: readonly string[];
  /** Evaluations that the caller means to spend. */
  readonly budget: number;
  /** Points worth starting from, each of `dimensions.length` numbers in [0, 1]; the first is the default sizing. */
  readonly initial: readonly Float64Array[];
}

export interface Candidate {
  /** Unique in the study. */
  readonly id: number;
  /** Coordinates in [0, 1]. */
  readonly x: Float64Array;
}

export interface Evaluation {
  readonly id: number;
  readonly x: Float64Array;
  /** As many as {@link OptimizationProblem.objectives}; +Infinity when the simulation failed. */
  readonly objectives: readonly number[];
  /** Sum of the constraints' relative violations: 0 when all hold, +Infinity when the simulation failed. */
  readonly violation: number;
  /**
   * By how much each constraint is violated, relative like the sum; below zero, how far it is from its bound; 1 where it could not be
   * measured. The same constraints in the same order throughout a study. A model of one of them is smooth through the edge of what
   * is feasible, where the sum has a kink. Absent when the simulation failed, and where they are not known.
   */
  readonly constraints?: readonly number[];
}

/** A study under way. Asking and telling may alternate in any portions; every candidate is told exactly once. */
export interface Study {
  /** At most `n` candidates, at least one unless the optimizer has ended or waits for evaluations (then none). */
  ask(n: number): readonly Candidate[];
  /** In the order of asking, whatever the order in which they finished: the study must not depend on it. */
  tell(evaluations: readonly Evaluation[]): void;
  /** By feasibility first, then the first objective; undefined before any was told. */
  readonly best: Evaluation | undefined;
  /** JSON value from which {@link SizingOptimizer.start} continues exactly. */
  state(): unknown;
}

export interface SizingCapabilities {
  /** Spreads over the trade-off between several objectives; an optimizer that does not is only given one. */
  readonly multiObjective: boolean;
  /** What it asks depends on what it is told. False of a baseline, which is then held to asking the same whatever it is told. */
  readonly learns: boolean;
  /** The budgets that it is made for: one made for hundreds of evaluations may spend milliseconds on each. */
  readonly evaluations: "hundreds" | "thousands";
}

/** A study that has ended, to learn from. */
export interface EndedStudy {
  readonly problem: OptimizationProblem;
  readonly evaluations: readonly Evaluation[];
}

/** What an optimizer has learned from the studies of other circuits. Optimizers are otherwise without memory. */
export interface SizingPolicy {
  /** Changes whenever what has been learned does. */
  readonly identity: string;
  /** Points to begin a study with, after the problem's own initial ones; none before anything was learned. */
  propose(problem: OptimizationProblem, rng: Rng): Promise<readonly Float64Array[]>;
  /** @returns how well it now foretells what did best in these studies, nats a value: 0 is certainty */
  learn(studies: readonly EndedStudy[], rng: Rng): Promise<{ readonly loss: number }>;
  /** Writes a folder from which an optimizer of the same kind begins; how it is named to one is the plugin's option `policy`. */
  save(folder: string): Promise<void>;
}

/** Contract: which sizes to try next. Several circuits are sized at once: their studies are under way side by side. */
export interface SizingOptimizer {
  readonly name: string;
  capabilities(): SizingCapabilities;
  /** Of optimizers that learn across circuits. Core asks it for points before it starts a study, and trains it. */
  readonly policy?: SizingPolicy;
  /** @param state what {@link Study.state} returned; the study then goes on as if it had never stopped */
  start(problem: OptimizationProblem, rng: Rng, state?: unknown): Study;
}
