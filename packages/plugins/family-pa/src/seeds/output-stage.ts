import type { Schematic } from "@topogenie/building-blocks";

export const outputStages = [
  "common-source",
  "cascode",
  "cascode-port",
  "self-biased-cascode",
  "stacked",
  "bipolar",
  "bipolar-cascode",
  "degenerated",
] as const;
/** The transistors that give the power. */
export type OutputStage = (typeof outputStages)[number];

export const outputStageTitles: Readonly<Record<OutputStage, string>> = {
  "common-source": "common-source output stage",
  cascode: "cascode output stage with its gate at the supply",
  "cascode-port": "cascode output stage with a gate bias",
  "self-biased-cascode": "self-biased cascode output stage",
  stacked: "three stacked transistors",
  bipolar: "common-emitter output stage",
  "bipolar-cascode": "bipolar cascode output stage",
  degenerated: "common-source output stage with a source coil",
};

export const outputStageCitations: Readonly<Partial<Record<OutputStage, string>>> = {
  "self-biased-cascode":
    "Sowlati, Leenaerts, A 2.4-GHz 0.18-um CMOS self-biased cascode power amplifier, IEEE J. Solid-State Circuits 38(8), 2003",
};

/** From the net `gate` to the net `drain`, which needs its direct current from elsewhere. */
export function drawOutputStage(view: Schematic, stage: OutputStage, gate: string, drain: string): void {
  if (stage === "common-source") view.n(drain, gate, view.low);
  else if (stage === "bipolar") view.npn(drain, gate, view.low);
  else if (stage === "degenerated") {
    const source = view.net();
    view.n(drain, gate, source);
    view.inductor(source, view.low);
  } else if (stage === "bipolar-cascode") {
    const middle = view.net();
    view.npn(middle, gate, view.low);
    view.npn(drain, view.port("VB"), middle);
  } else if (stage === "stacked") {
    const [lower, upper] = [view.net(), view.net()];
    view.n(lower, gate, view.low);
    const bias = view.port("VB");
    view.n(upper, bias, lower);
    view.n(drain, view.high, upper);
  } else {
    const middle = view.net();
    view.n(middle, gate, view.low);
    if (stage === "self-biased-cascode") {
      const upper = view.net();
      view.n(drain, upper, middle);
      view.resistor(drain, upper);
      view.capacitor(upper, view.low);
    } else view.n(drain, stage === "cascode" ? view.high : view.port("VB"), middle);
  }
}
