import type { Schematic } from "@topogenie/building-blocks";

export const gateBiases = ["direct", "port", "current-mirror", "resistor-mirror"] as const;
/** Where the direct voltage of an input gate comes from. */
export type GateBias = (typeof gateBiases)[number];

export const gateBiasTitles: Readonly<Record<GateBias, string>> = {
  direct: "biased through its source",
  port: "coupled by a capacitor, gate at a bias voltage through a resistor",
  "current-mirror": "coupled by a capacitor, mirroring a bias current",
  "resistor-mirror": "coupled by a capacitor, mirroring the current of a resistor",
};

export const MIRROR_BIAS_CITATION =
  "Lee, The Design of CMOS Radio-Frequency Integrated Circuits, ch. 12 (narrowband LNA with the bias mirrored through a resistor)";

/** The gate net for a signal: the signal itself, or behind a coupling capacitor with its bias through a resistor. */
export function drawGateBias(view: Schematic, bias: GateBias, signal: string): string {
  if (bias === "direct") return signal;
  const gate = view.net();
  view.capacitor(signal, gate);
  if (bias === "port") {
    view.resistor(gate, view.port("VB"));
    return gate;
  }
  const diode = bias === "current-mirror" ? view.port("IB") : view.net();
  view.n(diode, diode, view.low);
  if (bias === "resistor-mirror") view.resistor(view.high, diode);
  view.resistor(diode, gate);
  return gate;
}
