export * from "./circuit-family.js";
export * from "./deck.js";
export * from "./device-type.js";
export * from "./model-backend.js";
export * from "./plugin.js";
export * from "./simulator.js";
export * from "./sizing-optimizer.js";
export * from "./tokenization-scheme.js";
