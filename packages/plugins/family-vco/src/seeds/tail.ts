import type { Schematic } from "@topogenie/building-blocks";

export const tails = ["source", "none", "mirror", "resistor", "filtered", "port"] as const;
/** What gives a cross-coupled pair its current. */
export type Tail = (typeof tails)[number];

export const tailTitles: Readonly<Record<Tail, string>> = {
  source: "tail current source",
  none: "no tail",
  mirror: "tail mirrored from a bias current",
  resistor: "tail resistor",
  filtered: "tail current source with a filter at twice the frequency",
  port: "tail current from IB1",
};

export const tailCitations: Readonly<Record<Tail, string | undefined>> = {
  source: undefined,
  none: undefined,
  mirror: undefined,
  resistor: undefined,
  filtered:
    "Hegazi, Sjoland, Abidi, A filtering technique to lower LC oscillator phase noise, IEEE J. Solid-State Circuits 36(12), 2001",
  port: undefined,
};

/** Returns the common source net of the pair. */
export function drawTail(view: Schematic, tail: Tail): string {
  if (tail === "none") return view.low;
  if (tail === "port") return view.port("IB");
  const net = view.net();
  if (tail === "resistor") view.resistor(net, view.low);
  else if (tail === "mirror") {
    const diode = view.port("IB");
    view.n(diode, diode, view.low);
    view.n(net, diode, view.low);
  } else if (tail === "filtered") {
    const below = view.net();
    view.inductor(net, below);
    view.capacitor(below, view.low);
    view.n(below, view.port("VB"), view.low);
  } else view.n(net, view.port("VB"), view.low);
  return net;
}
