export * from "./error.js";
export * from "./logger.js";
export * from "./rng.js";
