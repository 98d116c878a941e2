import type { DeviceType } from "@topogenie/core";
import { GateWriter } from "./gate-writer.js";
import { instanceNodes } from "./instance-nodes.js";
import { logicNmosCard, logicPmosCard } from "./logic-cards.js";
import { strokeText } from "./stroke-text.js";

/**
 * Phase and frequency detector. A rising edge of A sets QA, one of B sets QB, and both are reset once both are set.
 * Nine NAND gates: two edge-triggered latches with a shared reset (Gardner, "Charge-pump phase-lock loops",
 * IEEE Trans. Communications 28, 1980; Razavi, "Design of Analog CMOS Integrated Circuits", chapter 16). The latches
 * answer falling edges and have low outputs, so inputs and outputs are inverted.
 */
export const pfd: DeviceType = {
  name: "PFD",
  tokenPrefix: "PFD",
  spiceLetter: "x",
  title: "Phase and frequency detector",
  pins: [
    { name: "A", title: "Reference input" },
    { name: "B", title: "Feedback input" },
    { name: "QA", title: "A leads" },
    { name: "QB", title: "B leads" },
    { name: "VDD", title: "Supply" },
    { name: "VSS", title: "Ground" },
  ],
  interchangeablePins: [],
  conduction: [
    ["VDD", "QA"],
    ["QA", "VSS"],
    ["VDD", "QB"],
    ["QB", "VSS"],
  ],
  parameters: [],
  models: [logicNmosCard, logicPmosCard],
  toSpice(instance) {
    const { A, B, QA, QB, VDD, VSS } = instanceNodes(instance, ["A", "B", "QA", "QB", "VDD", "VSS"]);
    const gates = new GateWriter(instance.name, VDD, VSS);
    const reset = gates.node();
    const half = (input: string, output: string): readonly [string, string] => {
      const first = gates.node();
      const second = gates.node();
      const latch = gates.node();
      const holdSet = gates.node();
      gates.nand([gates.inverter(input), second], first);
      gates.nand([first, holdSet], latch);
      gates.nand([latch, reset], holdSet);
      gates.nand([first, latch, reset], second);
      gates.inverter(second, output);
      return [first, latch];
    };
    const bothSet = gates.nand([...half(A, QA), ...half(B, QB)]);
    // The reset must last until both halves have seen it, and long enough for a charge pump to open: no dead zone.
    gates.inverter(gates.inverter(gates.inverter(gates.inverter(bothSet))), reset);
    return gates.elements;
  },
  symbol: {
    width: 80,
    height: 80,
    pins: {
      A: { x: 0, y: 20, side: "west" },
      B: { x: 0, y: 60, side: "west" },
      QA: { x: 80, y: 20, side: "east" },
      QB: { x: 80, y: 60, side: "east" },
      VDD: { x: 40, y: 0, side: "north" },
      VSS: { x: 40, y: 80, side: "south" },
    },
    strokes: [
      "M10 10 H70 V70 H10 Z",
      "M0 20 H10",
      "M0 60 H10",
      "M70 20 H80",
      "M70 60 H80",
      "M40 0 V10",
      "M40 70 V80",
      ...strokeText(["A"], 14, 17),
      ...strokeText(["B"], 14, 57),
      ...strokeText(["Q", "A"], 56, 17),
      ...strokeText(["Q", "B"], 56, 57),
      ...strokeText(["P", "F", "D"], 32, 37),
    ],
    fills: [],
  },
};
