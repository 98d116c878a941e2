export * from "./analoggenie-layout.js";
export * from "./nanogpt-layout.js";
export * from "./special-tokens.js";
export * from "./state-dict.js";
export * from "./weights-file.js";
