import type { DeviceType } from "@topogenie/core";
import { bipolarElement, bipolarParameters, bipolarPins } from "./bipolar-transistor.js";
import { npnCard } from "./npn-card.js";

export const npn: DeviceType = {
  name: "npn",
  tokenPrefix: "NPN",
  spiceLetter: "q",
  title: "npn bipolar transistor",
  pins: bipolarPins,
  interchangeablePins: [],
  // A base takes current but sets no voltage: a net of bases alone is as undefined as one of gates.
  conduction: [["C", "E"]],
  parameters: bipolarParameters,
  models: [npnCard],
  toSpice: (instance) => [bipolarElement(instance, npnCard.name)],
  symbol: {
    width: 30,
    height: 60,
    pins: { C: { x: 30, y: 0, side: "north" }, B: { x: 0, y: 30, side: "west" }, E: { x: 30, y: 60, side: "south" } },
    strokes: ["M0 30 H14", "M14 14 V46", "M14 24 L30 12 V0", "M14 36 L30 48 V60"],
    fills: ["M28 46.5 L18.4 43.7 L22.6 38.1 Z"],
  },
};
