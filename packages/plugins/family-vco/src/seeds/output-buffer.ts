import type { Schematic } from "@topogenie/building-blocks";

export const buffers = ["none", "followers", "common-source", "inverters"] as const;
/** What is between an oscillator's nodes and its outputs. */
export type Buffer = (typeof buffers)[number];

export const bufferTitles: Readonly<Record<Buffer, string>> = {
  none: "",
  followers: "source-follower outputs",
  "common-source": "common-source output stages behind capacitors",
  inverters: "self-biased inverters at the outputs",
};

/** From an oscillator's node to its output port. */
export function drawBuffer(view: Schematic, buffer: Buffer, node: string, port: string): void {
  if (buffer === "none") return;
  if (buffer === "followers") {
    view.n(view.high, node, port);
    view.resistor(port, view.low);
    return;
  }
  const gate = view.net();
  view.capacitor(node, gate);
  view.n(port, gate, view.low);
  if (buffer === "inverters") {
    view.p(port, gate, view.high);
    view.resistor(gate, port);
  } else {
    view.resistor(gate, view.port("VB"));
    view.resistor(view.high, port);
  }
}
