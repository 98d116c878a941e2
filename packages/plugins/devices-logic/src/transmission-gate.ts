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
    width: 60,
    height: 60,
    pins: {
      A: { x: 0, y: 30, side: "west" },
      B: { x: 60, y: 30, side: "east" },
      C: { x: 30, y: 0, side: "north" },
      VDD: { x: 10, y: 0, side: "north" },
      VSS: { x: 10, y: 60, side: "south" },
    },
    strokes: ["M0 30 H14", "M14 16 V44 L46 16 V44 Z", "M46 30 H60", "M30 0 V30", "M10 0 V10", "M10 60 V50"],
    fills: [],
  },
};
