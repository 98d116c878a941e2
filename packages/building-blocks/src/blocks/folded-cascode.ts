import type { Schematic } from "../schematic.js";
import type { Bias } from "./bias.js";
import { drawMirror, type Mirror } from "./current-mirror.js";
import type { FirstStage, FirstStageBlock } from "./first-stage.js";
import { drawRegulatedCascode, GAIN_BOOST_CITATION } from "./gain-boost.js";
import { drawPair } from "./input-pair.js";

export const FOLDED_CITATION = "Razavi, Design of Analog CMOS Integrated Circuits, ch. 9 (folded cascode op amps)";

export interface FoldedBranches {
  /** Nets into which a pair of the view's n type feeds its drain currents; the first belongs to the mirror's input side. */
  readonly folds: readonly [string, string];
  readonly stage: FirstStage;
  /** Nets into which a pair of the view's p type feeds its drain currents, if the mirror has cascodes. */
  readonly lowFolds?: readonly [string, string];
}

/**
 * Current sources at the top, cascodes below them, a mirror at the bottom.
 * @param classAb whether the output branch carries a floating level shift for a class-AB stage (Monticelli 1989)
 */
export function drawFoldedBranches(
  view: Schematic,
  bias: Bias,
  mirror: Mirror,
  { boosted = false, classAb = false }: { readonly boosted?: boolean; readonly classAb?: boolean } = {},
): FoldedBranches {
  const folds = [view.net(), view.net()] as const;
  const input = view.net();
  const top = view.net();
  for (const [drain, source] of [
    [input, folds[0]],
    [top, folds[1]],
  ] as const) {
    view.p(source, bias.level(view.mirror, "source"), view.high);
    if (boosted) drawRegulatedCascode(view.mirror, bias, drain, source);
    else view.p(drain, bias.level(view.mirror, "cascode"), source);
  }
  const bottom = classAb ? drawFloatingLevelShift(view, bias, top) : top;
  const { cascodes } = drawMirror(view, bias, input, bottom, mirror);
  return {
    folds,
    stage: {
      output: top,
      drives: view,
      cascodeNet: folds[1],
      ...(classAb ? { classAb: { low: bottom, high: top } } : {}),
    },
    ...(cascodes === undefined ? {} : { lowFolds: cascodes }),
  };
}

/** Two complementary transistors head to tail that keep the gates of an output stage one bias voltage apart. Returns the lower net. */
function drawFloatingLevelShift(view: Schematic, bias: Bias, top: string): string {
  const bottom = view.net();
  view.n(top, bias.level(view, "stack"), bottom);
  view.p(bottom, bias.level(view.mirror, "stack"), top);
  return bottom;
}

function foldedCascodeBlock(
  name: string,
  title: string,
  citation: string,
  options: { readonly boosted?: boolean; readonly classAb?: boolean },
): FirstStageBlock {
  return {
    name,
    title,
    citation,
    mirrors: options.classAb === true ? ["wide-swing", "simple"] : ["simple", "cascode", "wide-swing", "self-biased"],
    pairs: ["plain", "own-well", "degenerated", "split-tail"],
    tails: ["source", "cascode", "port"],
    draw(view, { bias, inputs, pair, tail, mirror }) {
      const { folds, stage } = drawFoldedBranches(view, bias, mirror, options);
      drawPair(view, bias, inputs, folds, pair, tail);
      return stage;
    },
  };
}

export const foldedCascode = foldedCascodeBlock("folded-cascode", "folded cascode", FOLDED_CITATION, {});
export const gainBoostedFoldedCascode = foldedCascodeBlock(
  "gain-boosted-folded-cascode",
  "gain-boosted folded cascode",
  GAIN_BOOST_CITATION,
  { boosted: true },
);
export const classAbFoldedCascode = foldedCascodeBlock(
  "class-ab-folded-cascode",
  "folded cascode with floating class-AB control",
  "Monticelli, A quad CMOS single-supply op amp with rail-to-rail output swing, IEEE J. Solid-State Circuits 24 (1989)",
  { classAb: true },
);
