import type { Schematic } from "../schematic.js";
import type { Bias } from "./bias.js";

export const tails = ["source", "cascode", "resistor", "port"] as const;
export type Tail = (typeof tails)[number];

export const tailTitles: Readonly<Record<Tail, string>> = {
  source: "",
  cascode: "cascoded tail source",
  resistor: "tail resistor",
  port: "tail current from IB1",
};

export const tailCitations: Readonly<Record<Tail, string | undefined>> = {
  source: undefined,
  cascode: "Razavi, Design of Analog CMOS Integrated Circuits, ch. 5 (cascode current mirrors)",
  resistor: "Razavi, Design of Analog CMOS Integrated Circuits, ch. 4 (basic differential pair)",
  port: undefined,
};

/** The current that a pair's common source net gives to the low rail. Returns that net. */
export function drawTail(view: Schematic, bias: Bias, tail: Tail): string {
  if (tail === "port") return view.port("IB");
  const net = view.net();
  if (tail === "resistor") view.resistor(net, view.low);
  else drawSink(view, bias, net, tail === "cascode");
  return net;
}

/** A current source from a net to the low rail. */
export function drawSink(view: Schematic, bias: Bias, net: string, cascoded: boolean): void {
  if (!cascoded) {
    view.n(net, bias.level(view, "source"), view.low);
    return;
  }
  const middle = view.net();
  view.n(net, bias.level(view, "cascode"), middle);
  view.n(middle, bias.level(view, "source"), view.low);
}
