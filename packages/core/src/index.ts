/** Everything that plugins and apps may import. What is not exported here is not public. */
export * from "./circuit/index.js";
export * from "./contracts/index.js";
export * from "./plugins/index.js";
export * from "./runtime/index.js";
