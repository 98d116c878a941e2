import { type Bias, drawTail, type Schematic, type Tail } from "@topogenie/building-blocks";

export const loads = ["resistors", "diodes", "cross-coupled"] as const;
/** `cross-coupled`: diode-connected transistors with a cross-coupled pair beside them, which raises their impedance. */
export type Load = (typeof loads)[number];

export const loadTitles: Readonly<Record<Load, string>> = {
  resistors: "resistively loaded preamplifier",
  diodes: "diode-loaded preamplifier",
  "cross-coupled": "preamplifier with cross-coupled loads",
};

export const loadCitations: Readonly<Record<Load, string>> = {
  resistors: "Carusone, Johns, Martin, Analog Integrated Circuit Design, ch. 10 (latched comparators with preamplifiers)",
  diodes: "Carusone, Johns, Martin, Analog Integrated Circuit Design, ch. 10 (latched comparators with preamplifiers)",
  "cross-coupled": "Allen, Holberg, CMOS Analog Circuit Design, ch. 8 (loads with internal positive feedback)",
};

/** A differential pair. Returns its outputs; the first falls when the first input rises. */
export function drawPreamplifier(
  view: Schematic,
  bias: Bias,
  inputs: readonly [string, string],
  load: Load,
  tail: Tail = "source",
): readonly [string, string] {
  const outputs = [view.net(), view.net()] as const;
  const common = drawTail(view, bias, tail);
  for (const side of [0, 1] as const) {
    const output = outputs[side];
    view.n(output, inputs[side], common);
    if (load === "resistors") view.resistor(output, view.high, { r: 30e3 });
    else view.p(output, output, view.high);
    if (load === "cross-coupled") view.p(output, outputs[side === 0 ? 1 : 0], view.high, view.high, { w: 2e-6 });
  }
  return outputs;
}
