export * from "./define-plugin.js";
export * from "./errors/index.js";
export { endBlockedOnInterrupt } from "./isolation/watchdog.js";
export { leftOpenByPlugins } from "./isolation/open-resources.js";
export { defaultPatience, type Patience } from "./isolation/patience.js";
export * from "./load-plugin.js";
export * from "./plugin-host.js";
export * from "./plugin-registry.js";
