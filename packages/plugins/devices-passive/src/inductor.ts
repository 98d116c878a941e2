import type { DeviceType } from "@topogenie/core";
import { twoTerminalPins } from "./two-terminal-pins.js";

export const inductor: DeviceType = {
  name: "inductor",
  tokenPrefix: "L",
  spiceLetter: "l",
  title: "Inductor",
  pins: twoTerminalPins,
  interchangeablePins: [["P", "N"]],
  conduction: [["P", "N"]],
  parameters: [{ name: "l", title: "Inductance", unit: "H", minimum: 100e-12, maximum: 100e-6, scale: "log", default: 5e-9 }],
  models: [],
  toSpice: ({ name, nodes, values }) => [{ kind: "inductor", name, nodes, values }],
  symbol: {
    width: 20,
    height: 60,
    pins: { P: { x: 10, y: 0, side: "north" }, N: { x: 10, y: 60, side: "south" } },
    strokes: ["M10 0 V10 A5 5 0 0 1 10 20 A5 5 0 0 1 10 30 A5 5 0 0 1 10 40 A5 5 0 0 1 10 50 V60"],
    fills: [],
  },
};
