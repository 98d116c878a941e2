export * from "./ladder.js";
export * from "./wilson-interval.js";
