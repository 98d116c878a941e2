import type { DeviceType } from "@topogenie/core";
import { GateWriter } from "./gate-writer.js";
import { instanceNodes } from "./instance-nodes.js";
import { logicNmosCard, logicPmosCard } from "./logic-cards.js";

/** Closed while C is high; the complement of C is made inside. */
export const transmissionGate: DeviceType = {
  name: "TRANSMISSION_GATE",
  tokenPrefix: "TRANSMISSION_GATE",
  spiceLetter: "x",
  title: "Transmission gate",
  pins: [
    { name: "A", title: "Switch end" },
    { name: "B", title: "Switch end" },
    { name: "C", title: "Control, high to close" },
    { name: "VDD", title: "Supply" },
    { name: "VSS", title: "Ground" },
  ],
  interchangeablePins: [["A", "B"]],
  conduction: [["A", "B"]],
  parameters: [],
  models: [logicNmosCard, logicPmosCard],
  toSpice(instance) {
    const { A, B, C, VDD, VSS } = instanceNodes(instance, ["A", "B", "C", "VDD", "VSS"]);
    const gates = new GateWriter(instance.name, VDD, VSS);
    gates.nmos(A, C, B);
    gates.pmos(A, gates.inverter(C), B);
    return gates.elements;
  },
  symbol: {
    width: 70,
    height: 60,
    pins: {
      A: { x: 0, y: 30, side: "west" },
      B: { x: 70, y: 30, side: "east" },
      C: { x: 30, y: 0, side: "north" },
      VDD: { x: 50, y: 0, side: "north" },
      VSS: { x: 50, y: 60, side: "south" },
    },
    strokes: [
      "M10 10 H60 V50 H10 Z",
      "M0 30 H18",
      "M18 19 V41 L42 19 V41 Z",
      "M42 30 H70",
      "M30 0 V30",
      "M50 0 V10",
      "M50 60 V50",
    ],
    fills: [],
  },
};
