import type { DeviceType } from "@topogenie/core";
import { GateWriter } from "./gate-writer.js";
import { instanceNodes } from "./instance-nodes.js";
import { logicNmosCard, logicPmosCard } from "./logic-cards.js";

/** Exclusive OR out of four NAND gates. */
export const xor: DeviceType = {
  name: "XOR",
  tokenPrefix: "XOR",
  spiceLetter: "x",
  title: "Exclusive OR gate",
  pins: [
    { name: "A", title: "Input" },
    { name: "B", title: "Input" },
    { name: "VDD", title: "Supply" },
    { name: "VSS", title: "Ground" },
    { name: "Y", title: "Output" },
  ],
  interchangeablePins: [["A", "B"]],
  conduction: [
    ["VDD", "Y"],
    ["Y", "VSS"],
  ],
  parameters: [],
  models: [logicNmosCard, logicPmosCard],
  toSpice(instance) {
    const { A, B, VDD, VSS, Y } = instanceNodes(instance, ["A", "B", "VDD", "VSS", "Y"]);
    const gates = new GateWriter(instance.name, VDD, VSS);
    const both = gates.nand([A, B]);
    gates.nand([gates.nand([A, both]), gates.nand([B, both])], Y);
    return gates.elements;
  },
  symbol: {
    width: 70,
    height: 60,
    pins: {
      A: { x: 0, y: 20, side: "west" },
      B: { x: 0, y: 40, side: "west" },
      VDD: { x: 30, y: 0, side: "north" },
      VSS: { x: 30, y: 60, side: "south" },
      Y: { x: 70, y: 30, side: "east" },
    },
    strokes: [
      "M8 8 Q20 30 8 52",
      "M14 8 Q26 30 14 52 H24 Q48 50 60 30 Q48 10 24 8 Z",
      "M0 20 H12.7",
      "M0 40 H12.7",
      "M60 30 H70",
      "M30 0 V8.5",
      "M30 60 V51.5",
    ],
    fills: [],
  },
};
