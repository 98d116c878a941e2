export * from "./circuit.js";
export * from "./ports.js";
export * from "./rules/rule.js";
