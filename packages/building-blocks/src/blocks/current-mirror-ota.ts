import type { Schematic } from "../schematic.js";
import type { Bias } from "./bias.js";
import { drawMirror } from "./current-mirror.js";
import type { FirstStageBlock } from "./first-stage.js";
import { drawPair } from "./input-pair.js";

type Load = "diodes" | "cascoded" | "cross-coupled";

const titles: Readonly<Record<Load, string>> = {
  diodes: "current-mirror OTA",
  cascoded: "current-mirror OTA with cascoded output",
  "cross-coupled": "current-mirror OTA with cross-coupled loads",
};

const citations: Readonly<Record<Load, string>> = {
  diodes: "Carusone, Johns, Martin, Analog Integrated Circuit Design, ch. 6 (current-mirror opamp)",
  cascoded: "Carusone, Johns, Martin, Analog Integrated Circuit Design, ch. 6 (current-mirror opamp)",
  "cross-coupled": "Allen, Holberg, CMOS Analog Circuit Design, ch. 8 (loads with internal positive feedback)",
};

function currentMirrorOtaBlock(load: Load): FirstStageBlock {
  return {
    name: `current-mirror-ota-${load}`,
    title: titles[load],
    citation: citations[load],
    mirrors: load === "cascoded" ? ["wide-swing", "cascode", "self-biased"] : ["simple", "wide-swing", "cascode", "degenerated"],
    pairs: ["plain", "own-well", "degenerated", "split-tail"],
    tails: ["source", "cascode", "resistor", "port"],
    draw(view, { bias, inputs, pair, tail, mirror }) {
      const diodes = [view.net(), view.net()] as const;
      drawPair(view, bias, inputs, diodes, pair, tail);
      for (const side of [0, 1] as const) view.p(diodes[side], diodes[side], view.high);
      if (load === "cross-coupled") {
        view.p(diodes[0], diodes[1], view.high);
        view.p(diodes[1], diodes[0], view.high);
      }
      const input = view.net();
      const output = view.net();
      // The inverting side's copy goes through the bottom mirror, the non-inverting side's straight to the output.
      const cascodeNet = drawCopy(view, bias, diodes[0], output, load === "cascoded");
      drawCopy(view, bias, diodes[1], input, load === "cascoded");
      drawMirror(view, bias, input, output, mirror);
      return { output, drives: view, ...(cascodeNet === undefined ? {} : { cascodeNet }) };
    },
  };
}

/** A copy of a diode's current from the high rail; returns the net below the mirror device when it is cascoded. */
function drawCopy(view: Schematic, bias: Bias, gate: string, output: string, cascoded: boolean): string | undefined {
  if (!cascoded) {
    view.p(output, gate, view.high);
    return undefined;
  }
  const middle = view.net();
  view.p(middle, gate, view.high);
  view.p(output, bias.level(view.mirror, "cascode"), middle);
  return middle;
}

export const currentMirrorOta = currentMirrorOtaBlock("diodes");
export const cascodedCurrentMirrorOta = currentMirrorOtaBlock("cascoded");
export const crossCoupledCurrentMirrorOta = currentMirrorOtaBlock("cross-coupled");
