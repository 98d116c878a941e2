import type { DeviceType } from "@topogenie/core";
import { twoTerminalPins } from "./two-terminal-pins.js";

export const capacitor: DeviceType = {
  name: "capacitor",
  tokenPrefix: "C",
  spiceLetter: "c",
  title: "Capacitor",
  pins: twoTerminalPins,
  interchangeablePins: [["P", "N"]],
  conduction: [],
  parameters: [{ name: "c", title: "Capacitance", unit: "F", minimum: 10e-15, maximum: 100e-12, scale: "log", default: 1e-12 }],
  models: [],
  toSpice: ({ name, nodes, values }) => [{ kind: "capacitor", name, nodes, values }],
  symbol: {
    width: 20,
    height: 40,
    pins: { P: { x: 10, y: 0, side: "north" }, N: { x: 10, y: 40, side: "south" } },
    strokes: ["M10 0 V17", "M0 17 H20", "M0 23 H20", "M10 23 V40"],
    fills: [],
  },
};
