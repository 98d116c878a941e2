import type { Schematic } from "@topogenie/building-blocks";

/** What a power stage draws with. */
export interface StageKit {
  readonly view: Schematic;
  readonly input: string;
  readonly output: string;
  /** Gate net of an n switch that conducts in a phase, counted as control ports are: 1 and 2 exclude each other, 3 and 4 come half a period later. */
  readonly n: (phase: number) => string;
  /** Gate net of a p switch that conducts in a phase. */
  readonly p: (phase: number) => string;
  /** A net that swings between the rails, high in a phase: what drives the bottom of a pump's capacitor. */
  readonly clock: (phase: number) => string;
}

export interface Stage {
  readonly title: string;
  readonly citation: string;
  /** How much the stage may be varied: drivers on the chip, filters, snubbers. */
  readonly variants: "many" | "drivers" | "few";
  /** Whether it lives on its clocks' drivers alone, and leaves the input unused. */
  readonly fedByClocks?: true;
  draw(kit: StageKit): void;
}

export const ERICKSON = "Erickson, Maksimovic, Fundamentals of Power Electronics";
