import type { DeviceType } from "@topogenie/core";
import { twoTerminalPins } from "./two-terminal-pins.js";

export const resistor: DeviceType = {
  name: "resistor",
  tokenPrefix: "R",
  spiceLetter: "r",
  title: "Resistor",
  pins: twoTerminalPins,
  interchangeablePins: [["P", "N"]],
  conduction: [["P", "N"]],
  parameters: [{ name: "r", title: "Resistance", unit: "ohm", minimum: 50, maximum: 1e6, scale: "log", default: 10e3 }],
  models: [],
  toSpice: ({ name, nodes, values }) => [{ kind: "resistor", name, nodes, values }],
  symbol: {
    width: 20,
    height: 60,
    pins: { P: { x: 10, y: 0, side: "north" }, N: { x: 10, y: 60, side: "south" } },
    strokes: ["M10 0 V12 L17 15 L3 21 L17 27 L3 33 L17 39 L3 45 L10 48 V60"],
    fills: [],
  },
};
