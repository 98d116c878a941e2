import type { Schematic } from "@topogenie/building-blocks";

export const outputs = ["direct", "coupled", "tapped", "follower"] as const;
/** How the load's voltage reaches the output port. */
export type Output = (typeof outputs)[number];

export const outputTitles: Readonly<Record<Output, string>> = {
  direct: "",
  coupled: "output through a series capacitor",
  tapped: "output from a capacitive divider",
  follower: "source-follower output",
};

export const outputCitations: Readonly<Record<Output, string | undefined>> = {
  direct: undefined,
  coupled: undefined,
  tapped: "Lee, The Design of CMOS Radio-Frequency Integrated Circuits, ch. 3 (tapped-capacitor match)",
  follower: "Razavi, Design of Analog CMOS Integrated Circuits, ch. 3 (source follower)",
};

/** Returns the net that the load must hang on; the network from it to the port is drawn. */
export function drawOutput(view: Schematic, kind: Output): string {
  const port = view.port("VOUT");
  if (kind === "direct") return port;
  const inner = view.net();
  if (kind === "follower") {
    view.n(view.high, inner, port);
    view.n(port, view.port("VB"), view.low);
    return inner;
  }
  view.capacitor(inner, port);
  if (kind === "tapped") view.capacitor(port, view.low);
  return inner;
}
