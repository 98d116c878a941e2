import type { Schematic } from "@topogenie/building-blocks";

export const buffers = ["none", "followers", "amplifiers"] as const;
/** What is between the mixer and its outputs. */
export type Buffer = (typeof buffers)[number];

export const bufferTitles: Readonly<Record<Buffer, string>> = {
  none: "",
  followers: "follower outputs",
  amplifiers: "common-source output stages behind capacitors",
};

export const bufferCitations: Readonly<Partial<Record<Buffer, string>>> = {
  followers: "Razavi, Design of Analog CMOS Integrated Circuits, ch. 3 (source follower)",
  amplifiers: "Razavi, Design of Analog CMOS Integrated Circuits, ch. 3 (common-source stage)",
};

/** Returns the nets that the loads must hang on; what leads from them to the outputs is drawn. */
export function drawBuffers(view: Schematic, buffer: Buffer, outs: readonly string[]): readonly string[] {
  if (buffer === "none") return outs;
  const bias = buffer === "amplifiers" ? view.port("VB") : "";
  return outs.map((out) => {
    const inner = view.net();
    if (buffer === "followers") {
      view.n(view.high, inner, out);
      view.resistor(out, view.low);
    } else {
      const gate = view.net();
      view.capacitor(inner, gate);
      view.resistor(gate, bias);
      view.n(out, gate, view.low);
      view.resistor(view.high, out);
    }
    return inner;
  });
}
