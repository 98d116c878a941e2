export * from "./evaluation-json.js";
export * from "./generation.js";
export * from "./latin-hypercube.js";
export * from "./mirror-into-unit.js";
export * from "./population-study.js";
export * from "./saved-state.js";
export * from "./snap-to-levels.js";
export * from "./variation.js";
