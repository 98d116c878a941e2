export * from "./attempt.js";
export * from "./corpus-collection.js";
export * from "./corpus-entry.js";
export * from "./pipeline-stages.js";
export * from "./report-data.js";
export * from "./run-directory.js";
export * from "./run-pipeline.js";
export * from "./stage.js";
