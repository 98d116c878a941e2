export * from "./policy-training-config.js";
export * from "./train-sizing-policy.js";
