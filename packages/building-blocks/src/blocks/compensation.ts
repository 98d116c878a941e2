import type { Schematic } from "../schematic.js";
import type { Bias } from "./bias.js";
import type { FirstStage } from "./first-stage.js";

export const compensations = [
  "none",
  "miller",
  "nulling-resistor",
  "nulling-transistor",
  "follower",
  "ahuja",
  "cascode-node",
] as const;
export type Compensation = (typeof compensations)[number];

export const compensationTitles: Readonly<Record<Compensation, string>> = {
  none: "uncompensated",
  miller: "Miller compensation",
  "nulling-resistor": "Miller compensation with nulling resistor",
  "nulling-transistor": "Miller compensation with nulling transistor",
  follower: "Miller compensation through a source follower",
  ahuja: "Ahuja compensation",
  "cascode-node": "compensation through the cascode node",
};

export const compensationCitations: Readonly<Record<Compensation, string | undefined>> = {
  none: undefined,
  miller: "Gray, Hurst, Lewis, Meyer, Analysis and Design of Analog Integrated Circuits, ch. 9 (Miller compensation)",
  "nulling-resistor": "Allen, Holberg, CMOS Analog Circuit Design, sec. 6.2 (nulling resistor)",
  "nulling-transistor":
    "Carusone, Johns, Martin, Analog Integrated Circuit Design, ch. 6 (lead compensation with a triode transistor)",
  follower:
    "Tsividis, Gray, An integrated NMOS operational amplifier with internal compensation, IEEE J. Solid-State Circuits 11 (1976)",
  ahuja:
    "Ahuja, An improved frequency compensation technique for CMOS operational amplifiers, IEEE J. Solid-State Circuits 18 (1983)",
  "cascode-node":
    "Ribner, Copeland, Design techniques for cascoded CMOS op amps with improved PSRR and common-mode input range, IEEE J. Solid-State Circuits 19 (1984)",
};

/** Draws what stabilises the two stages between the first stage's output and the op-amp's. */
export function drawCompensation(bias: Bias, first: FirstStage, output: string, compensation: Compensation): void {
  const view = first.drives;
  switch (compensation) {
    case "none":
      return;
    case "miller":
      drawMiller(view, first.output, output);
      if (first.classAb !== undefined) {
        const other = first.classAb.low === first.output ? first.classAb.high : first.classAb.low;
        drawMiller(view, other, output);
      }
      return;
    case "nulling-resistor": {
      const middle = view.net();
      view.resistor(first.output, middle);
      view.capacitor(middle, output);
      return;
    }
    case "nulling-transistor": {
      const middle = view.net();
      view.n(first.output, view.high, middle);
      view.capacitor(middle, output);
      return;
    }
    case "follower": {
      const buffered = view.net();
      view.n(view.high, output, buffered);
      view.n(buffered, bias.level(view, "source"), view.low);
      view.capacitor(buffered, first.output);
      return;
    }
    case "ahuja": {
      // A common-gate transistor between two equal currents: the capacitor's current reaches the first stage, its voltage does not.
      const virtualGround = view.net();
      view.p(first.output, bias.level(view.mirror, "cascode"), virtualGround);
      view.p(virtualGround, bias.level(view.mirror, "source"), view.high);
      view.n(first.output, bias.level(view, "source"), view.low);
      view.capacitor(virtualGround, output);
      return;
    }
    case "cascode-node":
      if (first.cascodeNet === undefined)
        throw new RangeError("compensation through the cascode node needs a first stage with cascodes");
      view.capacitor(first.cascodeNet, output);
      return;
  }
}

function drawMiller(view: Schematic, from: string, to: string): void {
  view.capacitor(from, to);
}
