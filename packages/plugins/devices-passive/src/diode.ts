import type { DeviceType } from "@topogenie/core";
import { diodeCard } from "./diode-card.js";
import { twoTerminalPins } from "./two-terminal-pins.js";

export const diode: DeviceType = {
  name: "diode",
  tokenPrefix: "DIO",
  spiceLetter: "d",
  title: "Diode",
  pins: twoTerminalPins,
  interchangeablePins: [],
  conduction: [["P", "N"]],
  parameters: [
    { name: "area", title: "Units in parallel", unit: "1", minimum: 1, maximum: 1000, scale: "log", default: 1, integer: true },
  ],
  models: [diodeCard],
  toSpice: ({ name, nodes, values, model }) => [{ kind: "diode", name, nodes, model: model ?? diodeCard.name, values }],
  symbol: {
    width: 20,
    height: 40,
    pins: { P: { x: 10, y: 0, side: "north" }, N: { x: 10, y: 40, side: "south" } },
    strokes: ["M10 0 V12", "M1 12 H19 L10 28 Z", "M1 28 H19", "M10 28 V40"],
    fills: [],
  },
};
