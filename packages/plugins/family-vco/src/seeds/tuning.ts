import type { Schematic } from "@topogenie/building-blocks";

export const tankTunings = [
  "nmos-varactor",
  "pmos-varactor",
  "diode-varactor",
  "fixed",
  "varactor-and-capacitor",
  "coupled-varactor",
] as const;
/** How the resonance of a tank follows the control voltage. */
export type TankTuning = (typeof tankTunings)[number];

export const tankTuningTitles: Readonly<Record<TankTuning, string>> = {
  "nmos-varactor": "n-channel MOS varactors",
  "pmos-varactor": "p-channel MOS varactors",
  "diode-varactor": "junction varactors",
  fixed: "fixed capacitors",
  "varactor-and-capacitor": "MOS varactors beside fixed capacitors",
  "coupled-varactor": "MOS varactors behind coupling capacitors",
};

export const VARACTOR_CITATION = "Razavi, RF Microelectronics, ch. 8 (LC VCOs with MOS varactors)";

/** Varactors from every node to the control port, or capacitors to ground where the tank is fixed. */
export function drawTankTuning(view: Schematic, tuning: TankTuning, nodes: readonly string[]): void {
  const physical = view.mirrored ? view.mirror : view;
  const control = tuning === "fixed" ? physical.low : physical.port("VCONT");
  for (const node of nodes) {
    if (tuning === "fixed") physical.capacitor(node, physical.low);
    else if (tuning === "diode-varactor") {
      // Blocks while the control is below the tank: p-channel cores have their tanks at ground, so there it is turned round.
      if (view.mirrored) physical.diode(node, control);
      else physical.diode(control, node);
    } else if (tuning === "pmos-varactor") physical.p(control, node, control, control);
    else if (tuning === "coupled-varactor") {
      const gate = physical.net();
      physical.capacitor(node, gate);
      physical.resistor(gate, physical.high);
      physical.n(control, gate, control);
    } else physical.n(control, node, control);
    if (tuning === "varactor-and-capacitor") physical.capacitor(node, physical.low);
  }
}
