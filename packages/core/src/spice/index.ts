export * from "./device-under-test.js";
export * from "./name.js";
