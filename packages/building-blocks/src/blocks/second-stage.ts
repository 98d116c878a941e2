import type { Schematic } from "../schematic.js";
import type { Bias } from "./bias.js";
import type { FirstStage } from "./first-stage.js";

export const secondStages = [
  "none",
  "common-source",
  "cascoded-common-source",
  "level-shifted-push-pull",
  "floating-class-ab",
] as const;
export type SecondStage = (typeof secondStages)[number];

export const secondStageTitles: Readonly<Record<SecondStage, string>> = {
  none: "",
  "common-source": "common-source second stage",
  "cascoded-common-source": "common-source second stage with cascoded load",
  "level-shifted-push-pull": "push-pull second stage with source-follower level shift",
  "floating-class-ab": "class-AB common-source output stage",
};

export const secondStageCitations: Readonly<Record<SecondStage, string | undefined>> = {
  none: undefined,
  "common-source": "Allen, Holberg, CMOS Analog Circuit Design, ch. 6 (two-stage op amp)",
  "cascoded-common-source": "Allen, Holberg, CMOS Analog Circuit Design, sec. 6.5 (cascode op amps)",
  "level-shifted-push-pull": "Allen, Holberg, CMOS Analog Circuit Design, sec. 7.1 (buffered op amps, push-pull output)",
  "floating-class-ab":
    "Monticelli, A quad CMOS single-supply op amp with rail-to-rail output swing, IEEE J. Solid-State Circuits 24 (1989)",
};

/** Draws an inverting stage from the first stage's output to `output`. */
export function drawSecondStage(bias: Bias, first: FirstStage, output: string, stage: Exclude<SecondStage, "none">): void {
  const view = first.drives;
  if (stage === "floating-class-ab") {
    if (first.classAb === undefined)
      throw new RangeError("a floating class-AB stage needs a first stage with a floating level shift");
    view.n(output, first.classAb.low, view.low);
    view.p(output, first.classAb.high, view.high);
    return;
  }
  view.n(output, first.output, view.low);
  if (stage === "level-shifted-push-pull") drawLevelShiftedDevice(view, bias, first.output, output);
  else if (stage === "cascoded-common-source") {
    const middle = view.net();
    view.p(output, bias.level(view.mirror, "cascode"), middle);
    view.p(middle, bias.level(view.mirror, "source"), view.high);
  } else view.p(output, bias.level(view.mirror, "source"), view.high);
}

/** The complementary output device, driven through a source follower that lifts the signal by one gate-source voltage. */
function drawLevelShiftedDevice(view: Schematic, bias: Bias, signal: string, output: string): void {
  const lifted = view.net();
  view.p(view.low, signal, lifted);
  view.p(lifted, bias.level(view.mirror, "source"), view.high);
  view.p(output, lifted, view.high);
}
