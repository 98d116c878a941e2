import type { Pin } from "@topogenie/core";

export const twoTerminalPins: readonly Pin[] = [
  { name: "P", title: "Plus" },
  { name: "N", title: "Minus" },
];
