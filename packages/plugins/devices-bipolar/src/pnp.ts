import type { DeviceType } from "@topogenie/core";
import { bipolarElement, bipolarParameters, bipolarPins } from "./bipolar-transistor.js";
import { pnpCard } from "./pnp-card.js";

export const pnp: DeviceType = {
  name: "pnp",
  tokenPrefix: "PNP",
  spiceLetter: "q",
  title: "pnp bipolar transistor",
  pins: bipolarPins,
  interchangeablePins: [],
  // A base takes current but sets no voltage: a net of bases alone is as undefined as one of gates.
  conduction: [["C", "E"]],
  parameters: bipolarParameters,
  models: [pnpCard],
  toSpice: (instance) => [bipolarElement(instance, pnpCard.name)],
  symbol: {
    width: 30,
    height: 60,
    pins: { C: { x: 30, y: 60, side: "south" }, B: { x: 0, y: 30, side: "west" }, E: { x: 30, y: 0, side: "north" } },
    strokes: ["M0 30 H14", "M14 14 V46", "M14 24 L30 12 V0", "M14 36 L30 48 V60"],
    fills: ["M16 22.5 L25.6 19.7 L21.4 14.1 Z"],
  },
};
