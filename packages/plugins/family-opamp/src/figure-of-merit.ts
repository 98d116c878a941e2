import type { FigureOfMerit } from "@topogenie/core";

/** Bandwidth that a load and a milliwatt buy, under the family's load. */
export function figureOfMerit(loadFarads: number): FigureOfMerit {
  return {
    name: "GBW CL / P",
    formula: "unity-gain bandwidth [MHz] * load [pF] / power [mW]",
    unit: "MHz pF / mW",
    source:
      "The op-amp figure of merit of AnalogGenie (Gao et al., ICLR 2025, best published 36.5) and AnalogToBi (best published 168.5)",
    better: "higher",
    evaluate: ({ unityGainBandwidth, power }) =>
      unityGainBandwidth === undefined || power === undefined || !(power > 0)
        ? Number.NaN
        : ((unityGainBandwidth / 1e6) * (loadFarads * 1e12)) / (power * 1e3),
  };
}
