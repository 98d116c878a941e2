import type { Schematic } from "@topogenie/building-blocks";

export const switchKinds = [
  "n",
  "p",
  "transmission-gate",
  "n-dummy",
  "transmission-gate-dummies",
  "block",
  "bootstrapped",
] as const;
export type SwitchKind = (typeof switchKinds)[number];

const CARUSONE = "Carusone, Johns, Martin, Analog Integrated Circuit Design";

export const switchTitles: Readonly<Record<SwitchKind, string>> = {
  n: "n-channel switch",
  p: "p-channel switch",
  "transmission-gate": "transmission gate",
  "n-dummy": "n-channel switch with a dummy",
  "transmission-gate-dummies": "transmission gate with dummies",
  block: "transmission-gate block",
  bootstrapped: "bootstrapped switch",
};

export const switchCitations: Readonly<Record<SwitchKind, string>> = {
  n: `${CARUSONE}, ch. 11 (sample-and-hold basics)`,
  p: `${CARUSONE}, ch. 11 (sample-and-hold basics)`,
  "transmission-gate": `${CARUSONE}, ch. 11 (MOS sample-and-hold basics)`,
  "n-dummy": "Razavi, Design of Analog CMOS Integrated Circuits, ch. 13 (charge injection cancellation)",
  "transmission-gate-dummies": "Razavi, Design of Analog CMOS Integrated Circuits, ch. 13 (charge injection cancellation)",
  block: `${CARUSONE}, ch. 14 (switched-capacitor circuits)`,
  bootstrapped:
    "Abo, Gray, A 1.5-V, 10-bit, 14.3-MS/s CMOS pipeline analog-to-digital converter, IEEE J. Solid-State Circuits 34 (1999)",
};

/** 1 and 2 do not overlap; 3 is phase 1 ending a little sooner. */
export type Phase = 1 | 2 | 3;

/** Draws switches of one kind, with the complements of clocks made once. */
export class Switches {
  readonly #view: Schematic;
  readonly #kind: SwitchKind;
  readonly #complements = new Map<Phase, string>();

  constructor(view: Schematic, kind: SwitchKind) {
    this.#view = view;
    this.#kind = kind;
  }

  get view(): Schematic {
    return this.#view;
  }

  /** A switch that conducts in a phase; `b` is the side that holds. */
  draw(a: string, b: string, phase: Phase): void {
    const view = this.#view;
    const clock = clockNet(phase);
    switch (this.#kind) {
      case "n":
        view.n(a, clock, b);
        return;
      case "p":
        view.p(a, this.#complement(phase), b);
        return;
      case "transmission-gate":
        view.n(a, clock, b);
        view.p(a, this.#complement(phase), b);
        return;
      case "n-dummy":
        view.n(a, clock, b);
        view.n(b, this.#complement(phase), b);
        return;
      case "transmission-gate-dummies":
        view.n(a, clock, b);
        view.p(a, this.#complement(phase), b);
        view.n(b, this.#complement(phase), b);
        view.p(b, clock, b);
        return;
      case "block":
        view.device("I", "TRANSMISSION_GATE", [a, b, clock, "VDD", "VSS"]);
        return;
      case "bootstrapped":
        this.#drawBootstrapped(a, b, phase);
    }
  }

  /** To ground or another low level, where an n channel is all that is needed. */
  low(a: string, b: string, phase: Phase): void {
    this.#view.n(a, clockNet(phase), b);
  }

  #complement(phase: Phase): string {
    const known = this.#complements.get(phase);
    if (known !== undefined) return known;
    const net = this.#view.net();
    this.#view.p(net, clockNet(phase), "VDD");
    this.#view.n(net, clockNet(phase), "VSS");
    this.#complements.set(phase, net);
    return net;
  }

  /** A capacitor, charged to the supply while the switch is open, stands between its source and gate while it is closed. */
  #drawBootstrapped(a: string, b: string, phase: Phase): void {
    const view = this.#view;
    const clock = clockNet(phase);
    const open = this.#complement(phase);
    const [top, bottom, gate, middle, pull] = [view.net(), view.net(), view.net(), view.net(), view.net()];
    view.capacitor(top, bottom);
    view.n(bottom, open, "VSS");
    view.p(top, gate, "VDD", top);
    view.p(gate, pull, top, top);
    view.p(pull, clock, "VDD");
    view.n(pull, clock, bottom);
    view.n(pull, gate, bottom);
    view.n(bottom, gate, a);
    view.n(gate, "VDD", middle);
    view.n(middle, open, "VSS");
    view.n(a, gate, b);
  }
}

export function clockNet(phase: Phase): string {
  return `VCLK${phase}`;
}
