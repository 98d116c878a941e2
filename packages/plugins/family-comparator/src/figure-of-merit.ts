import type { FigureOfMerit } from "@topogenie/core";

/** What a decision costs in energy and time, both of which a designer may trade against each other. */
export function figureOfMerit(): FigureOfMerit {
  return {
    name: "energy delay",
    formula: "energy per decision [fJ] * delay [ns]",
    unit: "fJ ns",
    source:
      "Energy per decision and delay as in Razavi, The StrongARM latch, IEEE Solid-State Circuits Magazine 7 (2015); their product as in Gonzalez, Horowitz, Energy dissipation in general purpose microprocessors, IEEE J. Solid-State Circuits 31 (1996)",
    better: "lower",
    evaluate: ({ energy, delay }) => (energy === undefined || delay === undefined ? Number.NaN : energy * 1e15 * (delay * 1e9)),
  };
}
