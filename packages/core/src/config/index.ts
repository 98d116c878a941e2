export * from "./config-schema.js";
export * from "./json-schema.js";
export * from "./load-config.js";
export * from "./override.js";
