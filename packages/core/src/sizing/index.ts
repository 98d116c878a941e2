export * from "./design-variables.js";
export * from "./dominance.js";
export * from "./evaluation-order.js";
export * from "./matched-devices.js";
export * from "./search/index.js";
export * from "./size-circuit.js";
export type { SizingProgress } from "./sizing-loop.js";
export type { Sizing } from "./sizing-problem.js";
export * from "./specification.js";
