export * from "./electrical-rules.js";
export * from "./required-ports.js";
export * from "./rule.js";
