import type { DeviceType } from "@topogenie/core";
import { mosElement, mosPins } from "./mos-transistor.js";
import { pmosCard } from "./pmos-card.js";
import { mosParameters } from "./parameters.js";

/** p-channel MOSFET with its bulk as a pin. The bulk junctions are not counted as conduction: they are reverse biased in normal use. */
export const pmos4: DeviceType = {
  name: "pmos4",
  tokenPrefix: "PM",
  spiceLetter: "m",
  title: "p-channel MOSFET",
  pins: mosPins,
  interchangeablePins: [["D", "S"]],
  conduction: [["D", "S"]],
  parameters: mosParameters,
  models: [pmosCard],
  toSpice: (instance) => [mosElement(instance, pmosCard.name)],
  symbol: {
    width: 40,
    height: 60,
    pins: {
      D: { x: 30, y: 60, side: "south" },
      G: { x: 0, y: 30, side: "west" },
      S: { x: 30, y: 0, side: "north" },
      B: { x: 40, y: 30, side: "east" },
    },
    strokes: ["M0 30 H11", "M11 16 V44", "M17 12 V48", "M30 0 V18 H17", "M30 60 V42 H17", "M17 30 H40"],
    fills: ["M17 18 L26 14.5 L26 21.5 Z"],
  },
};
