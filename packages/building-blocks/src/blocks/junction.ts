import type { Schematic } from "../schematic.js";

export const junctions = ["pnp", "npn", "diode", "weak-inversion"] as const;
export type Junction = (typeof junctions)[number];

export const junctionTitles: Readonly<Record<Junction, string>> = {
  pnp: "substrate pnp transistors",
  npn: "diode-connected npn transistors",
  diode: "diodes",
  "weak-inversion": "diode-connected MOS transistors in weak inversion",
};

export const junctionCitations: Readonly<Record<Junction, string | undefined>> = {
  pnp: undefined,
  npn: "Gray, Hurst, Lewis, Meyer, Analysis and Design of Analog Integrated Circuits, sec. 4.4 (band-gap-referenced bias circuits)",
  diode: "Banba et al., A CMOS bandgap reference circuit with sub-1-V operation, IEEE J. Solid-State Circuits 34 (1999)",
  "weak-inversion":
    "Giustolisi, Palumbo, Criscione, Cutri, A low-voltage low-power voltage reference based on subthreshold MOSFETs, IEEE J. Solid-State Circuits 38 (2003)",
};

/** Drawn width and length of a unit in weak inversion at some microamperes. Metres. */
const WEAK_INVERSION = { w: 12e-6, l: 1e-6 } as const;

/** What gives a voltage that falls with temperature, from `net` to the low rail; `units` of them in parallel. */
export function drawJunction(view: Schematic, net: string, junction: Junction, units = 1): void {
  if (junction === "pnp") view.pnp(view.low, view.low, net, { area: units });
  else if (junction === "npn") view.npn(net, net, view.low, { area: units });
  else if (junction === "diode") view.diode(net, view.low, { area: units });
  else view.n(net, net, view.low, view.low, { ...WEAK_INVERSION, w: WEAK_INVERSION.w * units });
}
