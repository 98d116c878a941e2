export * from "./circuit-family-conformance.js";
export * from "./conformance-check.js";
export * from "./device-type-conformance.js";
export * from "./model-backend-conformance.js";
export * from "./optimization-problems.js";
export * from "./sizing-optimizer-conformance.js";
export { publishedOptima, type OptimumToReach } from "./sizing-optimizer-optima.js";
export * from "./simulator-conformance.js";
export * from "./tokenization-scheme-conformance.js";
