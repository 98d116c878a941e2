export * from "./conformance-check.js";
export * from "./device-type-conformance.js";
export * from "./optimization-problems.js";
export * from "./sizing-optimizer-conformance.js";
export { publishedOptima, type OptimumToReach } from "./sizing-optimizer-optima.js";
