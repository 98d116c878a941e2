import type { Schematic } from "@topogenie/building-blocks";

export const outputNetworks = ["none", "capacitor", "esr"] as const;
export type OutputNetwork = (typeof outputNetworks)[number];

export const outputNetworkTitles: Readonly<Record<OutputNetwork, string>> = {
  none: "",
  capacitor: "output capacitor",
  esr: "output capacitor with series resistance",
};

const CITATION = "Rincon-Mora, Analog IC Design with Low-Dropout Regulators (output capacitor and its series resistance)";

export const outputNetworkCitations: Readonly<Record<OutputNetwork, string | undefined>> = {
  none: undefined,
  capacitor: CITATION,
  esr: CITATION,
};

export function drawOutputNetwork(view: Schematic, output: string, network: OutputNetwork): void {
  if (network === "none") return;
  if (network === "capacitor") {
    view.capacitor(output, view.low);
    return;
  }
  const middle = view.net();
  view.capacitor(output, middle);
  view.resistor(middle, view.low);
}
