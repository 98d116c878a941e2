import type { FirstStageBlock } from "./first-stage.js";
import { drawMirror } from "./current-mirror.js";
import { drawRegulatedCascode, GAIN_BOOST_CITATION } from "./gain-boost.js";
import { drawPair } from "./input-pair.js";

function telescopicBlock(boosted: boolean): FirstStageBlock {
  return {
    name: boosted ? "gain-boosted-telescopic" : "telescopic",
    title: boosted ? "gain-boosted telescopic cascode" : "telescopic cascode",
    citation: boosted
      ? GAIN_BOOST_CITATION
      : "Razavi, Design of Analog CMOS Integrated Circuits, ch. 9 (telescopic cascode op amps)",
    mirrors: ["cascode", "wide-swing", "self-biased"],
    pairs: ["plain", "own-well", "degenerated"],
    tails: ["source", "port"],
    draw(view, { bias, inputs, pair, tail, mirror }) {
      const drains = [view.net(), view.net()] as const;
      const input = view.net();
      const output = view.net();
      drawPair(view, bias, inputs, drains, pair, tail);
      for (const [drain, source] of [
        [input, drains[0]],
        [output, drains[1]],
      ] as const) {
        if (boosted) drawRegulatedCascode(view, bias, drain, source);
        else view.n(drain, bias.level(view, "stack"), source);
      }
      drawMirror(view.mirror, bias, input, output, mirror);
      return { output, drives: view.mirror, cascodeNet: drains[1] };
    },
  };
}

export const telescopic = telescopicBlock(false);
export const gainBoostedTelescopic = telescopicBlock(true);
