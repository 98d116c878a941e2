export * from "./inspect-circuits.js";
export * from "./inspection.js";
