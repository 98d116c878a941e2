export * from "./comparison-config.js";
export * from "./comparison-summary.js";
export * from "./comparison-summary-json.js";
export * from "./run-comparison.js";
export * from "./trial.js";
