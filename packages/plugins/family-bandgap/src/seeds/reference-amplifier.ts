import {
  type Bias,
  cascodedCurrentMirrorOta,
  currentMirrorOta,
  drawSecondStage,
  foldedCascode,
  type FirstStageBlock,
  mirrorLoadedPair,
  type Mirror,
  mirrorCitations,
  mirrorTitles,
  type Schematic,
  type Tail,
} from "@topogenie/building-blocks";

interface ReferenceAmplifier {
  readonly name: string;
  readonly title: string;
  readonly citation: string;
  readonly block: FirstStageBlock;
  readonly mirrored: boolean;
  readonly mirror: Mirror;
  readonly secondStage?: boolean;
}

function amplifier(block: FirstStageBlock, mirrored: boolean, mirror: Mirror, secondStage = false): ReferenceAmplifier {
  return {
    name: `${mirrored ? "p" : "n"}-${block.name}-${mirror}${secondStage ? "-two-stage" : ""}`,
    title: `${mirrored ? "p" : "n"}-input ${block.title} (${mirrorTitles[mirror]})${secondStage ? " and common-source second stage" : ""}`,
    citation: [
      block.citation,
      mirrorCitations[mirror],
      ...(secondStage ? ["Allen, Holberg, CMOS Analog Circuit Design, ch. 6 (two-stage op amp)"] : []),
    ].join("; "),
    block,
    mirrored,
    mirror,
    secondStage,
  };
}

/** Amplifiers that work with their inputs at a junction's voltage and their output at the gate of a p-channel mirror. */
export const amplifiers: readonly ReferenceAmplifier[] = [
  amplifier(mirrorLoadedPair, false, "simple"),
  amplifier(mirrorLoadedPair, true, "simple", true),
  amplifier(currentMirrorOta, true, "simple"),
  amplifier(foldedCascode, true, "simple"),
  amplifier(foldedCascode, true, "wide-swing"),
  amplifier(currentMirrorOta, false, "simple"),
];
export type { ReferenceAmplifier };

/** The same stages with every load that leaves them room below 1.8 V. */
export const moreAmplifiers: readonly ReferenceAmplifier[] = [
  amplifier(mirrorLoadedPair, false, "degenerated"),
  amplifier(mirrorLoadedPair, false, "wide-swing"),
  amplifier(mirrorLoadedPair, true, "degenerated", true),
  amplifier(mirrorLoadedPair, true, "wide-swing", true),
  amplifier(mirrorLoadedPair, true, "self-biased", true),
  amplifier(currentMirrorOta, true, "degenerated"),
  amplifier(currentMirrorOta, true, "wide-swing"),
  amplifier(currentMirrorOta, false, "degenerated"),
  amplifier(currentMirrorOta, false, "wide-swing"),
  amplifier(cascodedCurrentMirrorOta, true, "wide-swing"),
  amplifier(cascodedCurrentMirrorOta, false, "wide-swing"),
  amplifier(foldedCascode, true, "self-biased"),
];

/** Draws an amplifier; returns its output, which `plus` lifts. @param view the physical one */
export function drawAmplifier(
  view: Schematic,
  bias: Bias,
  { block, mirrored, mirror, secondStage }: ReferenceAmplifier,
  plus: string,
  minus: string,
  tail: Tail = "source",
): string {
  const side = mirrored ? view.mirror : view;
  const inputs = secondStage === true ? ([minus, plus] as const) : ([plus, minus] as const);
  const first = block.draw(side, { bias, inputs, pair: "plain", tail, mirror });
  if (secondStage !== true) return first.output;
  const output = view.net();
  drawSecondStage(bias, first, output, "common-source");
  view.capacitor(first.output, output);
  return output;
}
