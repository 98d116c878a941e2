import type { Schematic } from "@topogenie/building-blocks";

export const inputNetworks = ["direct", "port-bias", "mirror-bias", "coil", "l-section", "coil-and-bias"] as const;
/** How the source reaches the first gate, and where its direct voltage comes from. */
export type InputNetwork = (typeof inputNetworks)[number];

export const inputNetworkTitles: Readonly<Record<InputNetwork, string>> = {
  direct: "source at the gate",
  "port-bias": "gate behind a capacitor, biased through a resistor",
  "mirror-bias": "gate behind a capacitor, biased by a mirrored current",
  coil: "coil at the gate",
  "l-section": "series coil and shunt capacitor at the gate",
  "coil-and-bias": "capacitor and coil at the gate, biased through a resistor",
};

/** Returns the gate net. */
export function drawInputNetwork(view: Schematic, network: InputNetwork, source: string): string {
  if (network === "direct") return source;
  const gate = view.net();
  if (network === "coil" || network === "l-section") {
    view.inductor(source, gate);
    if (network === "l-section") view.capacitor(source, view.low);
    return gate;
  }
  if (network === "coil-and-bias") {
    const middle = view.net();
    view.capacitor(source, middle);
    view.inductor(middle, gate);
    view.resistor(gate, view.port("VB"));
    return gate;
  }
  view.capacitor(source, gate);
  if (network === "port-bias") view.resistor(gate, view.port("VB"));
  else {
    const diode = view.port("IB");
    view.n(diode, diode, view.low);
    view.resistor(diode, gate);
  }
  return gate;
}
