export * from "./mending-devices.js";
export * from "./open-circuit.js";
export * from "./parts-of.js";
export * from "./pin-plan.js";
export * from "./pin-roles.js";
export * from "./scattered-circuit.js";
