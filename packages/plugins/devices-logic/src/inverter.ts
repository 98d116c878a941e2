import type { DeviceType } from "@topogenie/core";
import { GateWriter } from "./gate-writer.js";
import { instanceNodes } from "./instance-nodes.js";
import { logicNmosCard, logicPmosCard } from "./logic-cards.js";

export const inverter: DeviceType = {
  name: "INVERTER",
  tokenPrefix: "INVERTER",
  spiceLetter: "x",
  title: "Inverter",
  pins: [
    { name: "A", title: "Input" },
    { name: "Q", title: "Output" },
    { name: "VDD", title: "Supply" },
    { name: "VSS", title: "Ground" },
  ],
  interchangeablePins: [],
  conduction: [
    ["VDD", "Q"],
    ["Q", "VSS"],
  ],
  parameters: [],
  models: [logicNmosCard, logicPmosCard],
  toSpice(instance) {
    const { A, Q, VDD, VSS } = instanceNodes(instance, ["A", "Q", "VDD", "VSS"]);
    const gates = new GateWriter(instance.name, VDD, VSS);
    gates.inverter(A, Q);
    return gates.elements;
  },
  symbol: {
    width: 60,
    height: 60,
    pins: {
      A: { x: 0, y: 30, side: "west" },
      Q: { x: 60, y: 30, side: "east" },
      VDD: { x: 20, y: 0, side: "north" },
      VSS: { x: 20, y: 60, side: "south" },
    },
    strokes: [
      "M0 30 H10",
      "M10 8 V52 L44 30 Z",
      "M50 30 A3 3 0 1 1 44 30 A3 3 0 1 1 50 30",
      "M50 30 H60",
      "M20 0 V14.5",
      "M20 60 V45.5",
    ],
    fills: [],
  },
};
