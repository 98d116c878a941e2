import type { Schematic } from "@topogenie/building-blocks";
import type { Device } from "@topogenie/core";

/** The oscillator's control. */
export const CONTROL = "control";
/** Where the phase detector gives its charge. */
export const PUMPED = "pumped";
const ZERO = "zero";

export interface LoopFilter {
  readonly title: string;
  readonly citation: string;
  /** Draws what lies between the detector's output and the oscillator's control, which may be one net. */
  readonly draw: (view: Schematic, pumped: string) => void;
}

const GARDNER = "Gardner, Charge-pump phase-lock loops, IEEE Trans. Communications 28 (1980)";

function zero(view: Schematic, control: string): void {
  view.resistor(control, ZERO);
  view.capacitor(ZERO, "VSS");
}

export const loopFilters: readonly LoopFilter[] = [
  {
    title: "second-order filter",
    citation: GARDNER,
    draw: (view, pumped) => {
      zero(view, pumped);
      view.capacitor(pumped, "VSS");
      view.join(pumped, CONTROL);
    },
  },
  {
    title: "third-order filter",
    citation: "Razavi, RF Microelectronics, ch. 9 (phase-locked loops: higher-order loops)",
    draw: (view, pumped) => {
      zero(view, pumped);
      view.capacitor(pumped, "VSS");
      view.resistor(pumped, CONTROL);
      view.capacitor(CONTROL, "VSS");
    },
  },
];

/**
 * Where a search should begin: 8 kOhm and 4 pF put the zero of the filter at a twentieth of a reference of 100 MHz, and 0.3 pF
 * its pole at two thirds of it, so that a loop of some 20 uA and 500 MHz/V is stable.
 *
 * @param ringFarads of each stage of the oscillator
 */
export function filterValues(
  { type, nets }: Pick<Device, "type" | "nets">,
  ringFarads: number,
): Readonly<Record<string, number>> {
  const touches = (net: string): boolean => nets.includes(net);
  if (type === "capacitor")
    return touches(ZERO) ? { c: 4e-12 } : touches(PUMPED) || touches(CONTROL) ? { c: 0.3e-12 } : { c: ringFarads };
  if (type === "resistor") return touches(ZERO) ? { r: 8e3 } : touches(PUMPED) && touches(CONTROL) ? { r: 1e3 } : { r: 20e3 };
  return {};
}
