import type { Schematic } from "@topogenie/building-blocks";

export const loads = ["resistor", "filtered", "tank", "diode", "current-source", "shunted"] as const;
/** What the commutated currents flow into. */
export type Load = (typeof loads)[number];

export const loadTitles: Readonly<Record<Load, string>> = {
  resistor: "resistor loads",
  filtered: "resistor loads with capacitors to ground",
  tank: "tank loads",
  diode: "diode-connected loads",
  "current-source": "current-source loads with resistive common-mode feedback",
  shunted: "resistor loads with a capacitor between the outputs",
};

export const loadCitations: Readonly<Partial<Record<Load, string>>> = {
  "current-source": "Razavi, Design of Analog CMOS Integrated Circuits, ch. 9 (resistive common-mode feedback)",
};

export function drawLoads(view: Schematic, load: Load, outs: readonly [string, string]): void {
  if (load === "current-source") {
    const middle = view.net();
    for (const out of outs) {
      view.p(out, middle, view.high);
      view.resistor(out, middle);
    }
    return;
  }
  for (const out of outs) {
    if (load === "diode") view.p(out, out, view.high);
    else if (load === "tank") {
      view.inductor(view.high, out);
      view.capacitor(view.high, out);
    } else view.resistor(view.high, out);
    if (load === "filtered") view.capacitor(out, view.low);
  }
  if (load === "shunted") view.capacitor(outs[0], outs[1]);
}
