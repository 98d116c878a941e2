import type { DeviceType } from "@topogenie/core";
import { mosElement, mosPins } from "./mos-transistor.js";
import { nmosCard } from "./nmos-card.js";
import { mosParameters } from "./parameters.js";

/** n-channel MOSFET with its bulk as a pin. The bulk junctions are not counted as conduction: they are reverse biased in normal use. */
export const nmos4: DeviceType = {
  name: "nmos4",
  tokenPrefix: "NM",
  spiceLetter: "m",
  title: "n-channel MOSFET",
  pins: mosPins,
  interchangeablePins: [["D", "S"]],
  conduction: [["D", "S"]],
  parameters: mosParameters,
  models: [nmosCard],
  toSpice: (instance) => [mosElement(instance, nmosCard.name)],
  symbol: {
    width: 40,
    height: 60,
    pins: {
      D: { x: 30, y: 0, side: "north" },
      G: { x: 0, y: 30, side: "west" },
      S: { x: 30, y: 60, side: "south" },
      B: { x: 40, y: 30, side: "east" },
    },
    strokes: ["M0 30 H11", "M11 16 V44", "M17 12 V48", "M30 0 V18 H17", "M30 60 V42 H17", "M17 30 H40"],
    fills: ["M30 42 L21 38.5 L21 45.5 Z"],
  },
};
