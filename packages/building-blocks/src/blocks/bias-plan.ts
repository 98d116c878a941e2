import type { Schematic } from "../schematic.js";
import { PortBias, type Bias } from "./bias.js";
import { referenceCitations, references, referenceTitles, type Reference } from "./current-reference.js";
import { cascodeGeneratorCitations, cascodeGenerators, MirrorBias, type CascodeGenerator } from "./mirror-bias.js";

/** How an op-amp gets its bias voltages. */
export interface BiasPlan {
  readonly title: string;
  readonly citation?: string;
  /** Whether bias comes from outside, so that a tail current may too. */
  readonly external: boolean;
  /** In how many ways the plan differs from external bias or from a plain mirror of IB1. */
  readonly departures: number;
  start(view: Schematic): Bias;
}

const ports: BiasPlan = { title: "external bias voltages", external: true, departures: 0, start: () => new PortBias() };

function internal(reference: Reference, cascode: CascodeGenerator, complement: boolean): BiasPlan {
  return {
    title: `${referenceTitles[reference]}${cascode === "sooch" ? ", Sooch cascode bias" : ""}${complement ? ", complementary reference branch" : ""}`,
    citation:
      cascode === "sooch"
        ? `${referenceCitations[reference]}; ${cascodeGeneratorCitations.sooch}`
        : referenceCitations[reference],
    external: false,
    departures: Number(reference !== "current-port") + Number(cascode !== "diode") + Number(complement),
    start: (view) => new MirrorBias(complement ? view.mirror : view, reference, cascode),
  };
}

/** Plans in the order in which seeds are drawn; a plan that makes no difference to a circuit draws a duplicate, which is left out. */
export const biasPlans: readonly BiasPlan[] = [
  ports,
  ...references.flatMap((reference) =>
    cascodeGenerators.flatMap((cascode) => [false, true].map((complement) => internal(reference, cascode, complement))),
  ),
];
