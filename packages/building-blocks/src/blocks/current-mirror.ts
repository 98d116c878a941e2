import type { Schematic } from "../schematic.js";
import type { Bias } from "./bias.js";

export const mirrors = ["simple", "degenerated", "cascode", "wide-swing", "self-biased", "wilson"] as const;
export type Mirror = (typeof mirrors)[number];

export const mirrorTitles: Readonly<Record<Mirror, string>> = {
  simple: "simple mirror",
  degenerated: "degenerated mirror",
  cascode: "cascode mirror",
  "wide-swing": "wide-swing cascode mirror",
  "self-biased": "self-biased cascode mirror",
  wilson: "improved Wilson mirror",
};

export const mirrorCitations: Readonly<Record<Mirror, string>> = {
  simple: "Razavi, Design of Analog CMOS Integrated Circuits, ch. 5 (basic current mirrors)",
  degenerated:
    "Gray, Hurst, Lewis, Meyer, Analysis and Design of Analog Integrated Circuits, sec. 4.2 (mirror with degeneration)",
  cascode: "Gray, Hurst, Lewis, Meyer, Analysis and Design of Analog Integrated Circuits, sec. 4.2 (cascode current mirror)",
  "wide-swing": "Razavi, Design of Analog CMOS Integrated Circuits, ch. 5 (low-voltage cascode current mirror)",
  "self-biased": "Allen, Holberg, CMOS Analog Circuit Design, ch. 4 (self-biased cascode current mirror)",
  wilson: "Gray, Hurst, Lewis, Meyer, Analysis and Design of Analog Integrated Circuits, sec. 4.2 (Wilson current mirror)",
};

export interface MirrorNodes {
  /** Source nets of the cascode transistors on the input and output side; the output side's is where a compensation capacitor may end. */
  readonly cascodes?: readonly [string, string];
}

/** A current mirror on the low rail: the current into `input` is taken from `output` as well. */
export function drawMirror(view: Schematic, bias: Bias, input: string, output: string, mirror: Mirror): MirrorNodes {
  if (mirror === "simple") {
    view.n(input, input, view.low);
    view.n(output, input, view.low);
    return {};
  }
  const left = view.net();
  const right = view.net();
  switch (mirror) {
    case "degenerated":
      view.n(input, input, left);
      view.n(output, input, right);
      view.resistor(left, view.low);
      view.resistor(right, view.low);
      return {};
    case "cascode":
      view.n(input, input, left);
      view.n(output, input, right);
      view.n(left, left, view.low);
      view.n(right, left, view.low);
      break;
    case "wide-swing": {
      const gate = bias.level(view, "cascode");
      view.n(input, gate, left);
      view.n(output, gate, right);
      view.n(left, input, view.low);
      view.n(right, input, view.low);
      break;
    }
    case "self-biased": {
      // The drop of the resistor takes the place of the cascode's bias line.
      const below = view.net();
      view.resistor(input, below);
      view.n(below, input, left);
      view.n(output, input, right);
      view.n(left, below, view.low);
      view.n(right, below, view.low);
      break;
    }
    case "wilson":
      view.n(input, input, left);
      view.n(output, input, right);
      view.n(left, right, view.low);
      view.n(right, right, view.low);
      return {};
  }
  return { cascodes: [left, right] };
}
