export * from "./finetuning-summary.js";
export * from "./run-finetuning.js";
