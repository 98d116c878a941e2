import type { FirstStageBlock } from "./first-stage.js";
import { drawMirror } from "./current-mirror.js";
import { drawPair } from "./input-pair.js";

/** Input pair with a current mirror as its load: with the simple mirror, the five-transistor OTA. */
export const mirrorLoadedPair: FirstStageBlock = {
  name: "mirror-loaded-pair",
  title: "differential pair with active load",
  citation: "Razavi, Design of Analog CMOS Integrated Circuits, ch. 5 (differential pair with active current mirror)",
  mirrors: ["simple", "degenerated", "cascode", "wide-swing", "self-biased", "wilson"],
  pairs: ["plain", "own-well", "degenerated", "split-tail"],
  tails: ["source", "cascode", "resistor", "port"],
  draw(view, { bias, inputs, pair, tail, mirror }) {
    const input = view.net();
    const output = view.net();
    drawPair(view, bias, inputs, [input, output], pair, tail);
    const { cascodes } = drawMirror(view.mirror, bias, input, output, mirror);
    return { output, drives: view.mirror, ...(cascodes === undefined ? {} : { cascodeNet: cascodes[1] }) };
  },
};
