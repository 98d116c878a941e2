import type { FirstStageBlock } from "./first-stage.js";
import { drawFoldedBranches } from "./folded-cascode.js";
import { drawPair } from "./input-pair.js";

function railToRailBlock(classAb: boolean): FirstStageBlock {
  return {
    name: classAb ? "class-ab-rail-to-rail" : "rail-to-rail",
    title: classAb ? "rail-to-rail input with floating class-AB control" : "rail-to-rail complementary input",
    citation: classAb
      ? "Hogervorst, Tero, Eschauzier, Huijsing, A compact power-efficient 3 V CMOS rail-to-rail input/output operational amplifier, IEEE J. Solid-State Circuits 29 (1994)"
      : "Hogervorst, Huijsing, Design of Low-Voltage, Low-Power Operational Amplifier Cells, ch. 3 (rail-to-rail input stages)",
    mirrors: ["wide-swing", "self-biased", "cascode"],
    pairs: ["plain", "degenerated"],
    tails: ["source", "cascode", "port"],
    draw(view, { bias, inputs, pair, tail, mirror }) {
      const { folds, lowFolds, stage } = drawFoldedBranches(view, bias, mirror, { classAb });
      drawPair(view, bias, inputs, folds, pair, tail);
      // Mirrors without cascodes are not among this block's.
      if (lowFolds !== undefined) drawPair(view.mirror, bias, inputs, lowFolds, pair, tail);
      return stage;
    },
  };
}

export const railToRail = railToRailBlock(false);
export const classAbRailToRail = railToRailBlock(true);
