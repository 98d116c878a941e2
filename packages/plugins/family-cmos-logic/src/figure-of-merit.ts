import type { FigureOfMerit } from "@topogenie/core";

export const figureOfMerit: FigureOfMerit = {
  name: "energy-delay product",
  formula: "mean energy of an input combination [fJ] * worst delay [ns]",
  unit: "fJ ns",
  source: "Gonzalez, Horowitz, Energy dissipation in general purpose microprocessors, IEEE J. Solid-State Circuits 31 (1996)",
  better: "lower",
  evaluate: ({ energy, delay }) => (energy === undefined || delay === undefined ? Number.NaN : energy * 1e15 * delay * 1e9),
};
