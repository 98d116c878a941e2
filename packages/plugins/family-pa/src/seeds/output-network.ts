import type { Schematic } from "@topogenie/building-blocks";

export const outputNetworks = [
  "direct",
  "coupled",
  "l-section",
  "pi",
  "series-resonator",
  "tank",
  "third-harmonic-trap",
] as const;
/** What is between the output transistor and the load. */
export type OutputNetwork = (typeof outputNetworks)[number];

export const outputNetworkTitles: Readonly<Record<OutputNetwork, string>> = {
  direct: "load at the drain",
  coupled: "load behind a capacitor",
  "l-section": "series coil and shunt capacitor to the load",
  pi: "pi network to the load",
  "series-resonator": "shunt capacitor and series resonator to the load",
  tank: "tank at the load",
  "third-harmonic-trap": "third-harmonic trap and tank at the load",
};

export const outputNetworkCitations: Readonly<Partial<Record<OutputNetwork, string>>> = {
  "series-resonator":
    "Sokal, Sokal, Class E - a new class of high-efficiency tuned single-ended switching power amplifiers, IEEE J. Solid-State Circuits 10(3), 1975",
  "third-harmonic-trap": "Cripps, RF Power Amplifiers for Wireless Communications (class F)",
};

/** From the net `drain`, on which the transistor and its choke are, to the net `load`. Either may be the only one touched. */
export function drawOutputNetwork(view: Schematic, network: OutputNetwork, drain: string, load: string): void {
  if (network === "direct") {
    view.join(drain, load);
    return;
  }
  if (network === "coupled") view.capacitor(drain, load);
  else if (network === "l-section" || network === "pi") {
    const middle = view.net();
    if (network === "pi") view.capacitor(drain, view.low);
    view.inductor(drain, middle);
    view.capacitor(middle, load);
    view.capacitor(load, view.low);
  } else if (network === "series-resonator") {
    const middle = view.net();
    view.capacitor(drain, view.low);
    view.inductor(drain, middle);
    view.capacitor(middle, load);
  } else {
    const from = network === "third-harmonic-trap" ? view.net() : drain;
    if (network === "third-harmonic-trap") {
      view.inductor(drain, from);
      view.capacitor(drain, from);
    }
    view.capacitor(from, load);
    view.inductor(load, view.low);
    view.capacitor(load, view.low);
  }
}
