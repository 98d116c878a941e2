/** Everything that plugins and apps may import. What is not exported here is not public. */
export * from "./circuit/index.js";
export * from "./comparison/index.js";
export * from "./config/index.js";
export * from "./contracts/index.js";
export * from "./evaluation/index.js";
export * from "./experiment/index.js";
export * from "./finetuning/index.js";
export * from "./language-model/index.js";
export * from "./pipeline/index.js";
export * from "./plugins/index.js";
export * from "./policy-training/index.js";
export * from "./runtime/index.js";
export * from "./sizing/index.js";
export * from "./spice/index.js";
export * from "./verification/index.js";
