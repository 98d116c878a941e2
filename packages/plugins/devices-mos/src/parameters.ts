import type { DeviceParameter } from "@topogenie/core";

/**
 * What a designer sizes. The lower bounds are the smallest transistor that a 180 nm process draws; the optimizer's
 * steps are logarithmic because a factor of two matters alike at either end.
 */
export const mosParameters: readonly DeviceParameter[] = [
  { name: "w", title: "Channel width", unit: "m", minimum: 0.22e-6, maximum: 100e-6, scale: "log", default: 5e-6 },
  { name: "l", title: "Channel length", unit: "m", minimum: 0.18e-6, maximum: 10e-6, scale: "log", default: 0.5e-6 },
  // Equal bounds: a netlist's multiple is kept, and an optimizer, which has the width already, is not given it to choose.
  { name: "m", title: "Transistors in parallel", unit: "1", minimum: 1, maximum: 1, scale: "linear", default: 1, integer: true },
];
