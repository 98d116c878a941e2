export * from "./climb-ladder.js";
export * from "./generic-bench.js";
export * from "./ladder.js";
export * from "./port-contacts.js";
export * from "./simulatability.js";
export * from "./wilson-interval.js";
