export * from "./experiment-config.js";
export type { ExperimentSummary, Machine, Measured, VariantSummary } from "./experiment-summary.js";
export type { ExperimentTrial } from "./experiment-trial.js";
export * from "./plan-experiment.js";
export * from "./run-experiment.js";
