export * from "./circuit-classifier.js";
export * from "./circuit-index.js";
export * from "./neighbourhoods.js";
