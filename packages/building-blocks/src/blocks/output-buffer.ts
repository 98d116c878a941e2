import type { Schematic } from "../schematic.js";
import type { Bias } from "./bias.js";

export const buffers = ["none", "n-follower", "p-follower"] as const;
export type Buffer = (typeof buffers)[number];

export const bufferTitles: Readonly<Record<Buffer, string>> = {
  none: "",
  "n-follower": "n-channel source-follower output",
  "p-follower": "p-channel source-follower output",
};

export const BUFFER_CITATION =
  "Gray, Hurst, Lewis, Meyer, Analysis and Design of Analog Integrated Circuits, ch. 5 (source-follower output stage)";

/** A source follower from `input` to `output`. @param view the physical one, not mirrored */
export function drawBuffer(view: Schematic, bias: Bias, input: string, output: string, buffer: Exclude<Buffer, "none">): void {
  const side = buffer === "n-follower" ? view : view.mirror;
  side.n(side.high, input, output);
  side.n(output, bias.level(side, "source"), side.low);
}
