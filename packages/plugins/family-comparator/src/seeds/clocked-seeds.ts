import { biasPlans, Schematic } from "@topogenie/building-blocks";
import type { BiasPlan } from "@topogenie/building-blocks";
import type { SeedTopology } from "@topogenie/core";
import { type DynamicLatch, dynamicLatches } from "./dynamic-latches.js";
import { drawInverter, drawSetResetLatch, LOGIC_CITATION } from "./logic.js";
import { drawPreamplifier, type Load, loadCitations, loads, loadTitles } from "./preamplifier.js";

const endings = ["none", "inverters", "set-reset"] as const;
type Ending = (typeof endings)[number];

const endingTitles: Readonly<Record<Ending, string>> = {
  none: "",
  inverters: "output inverters",
  "set-reset": "set-reset output latch",
};

interface Recipe {
  readonly latch: DynamicLatch;
  readonly mirrored: boolean;
  readonly ending: Ending;
  /** Two clock ports, or an inverter that makes the complement. */
  readonly innerComplement: boolean;
  readonly preamplifier: { readonly load: Load; readonly stages: 1 | 2; readonly plan: BiasPlan } | undefined;
}

/** Clocked comparators: a dynamic latch, what follows it, and in some a preamplifier before it. */
export function* clockedSeeds(): Generator<SeedTopology> {
  let number = 0;
  for (const recipe of recipes()) {
    number += 1;
    yield drawSeed(recipe, `comparator-clocked-${number}`);
  }
}

function* recipes(): Generator<Recipe> {
  for (const latch of dynamicLatches) {
    for (const mirrored of [false, true]) {
      for (const ending of endings) {
        const complements = latch.name.startsWith("double-tail") ? [false, true] : [false];
        for (const innerComplement of complements) {
          const plain: Recipe = { latch, mirrored, ending, innerComplement, preamplifier: undefined };
          yield plain;
          if (innerComplement) continue;
          for (const [index, load] of loads.entries()) {
            const plans = biasPlans.filter(({ departures }, place) => departures <= 1 && (ending !== "none" || place < 2));
            const plan = plans[(index + dynamicLatches.indexOf(latch)) % plans.length];
            if (plan === undefined) throw new RangeError("there are no bias plans");
            if (latch.name === "triode-inputs" && load !== "resistors") continue;
            yield { ...plain, preamplifier: { load, stages: ending === "set-reset" && load === "diodes" ? 2 : 1, plan } };
          }
        }
      }
    }
  }
}

function drawSeed({ latch, mirrored, ending, innerComplement, preamplifier }: Recipe, name: string): SeedTopology {
  const physical = new Schematic();
  const view = mirrored ? physical.mirror : physical;
  const ports = [physical.port("VIN"), physical.port("VIN")] as const;
  const clock = physical.port("VCLK");
  const kind = ending === "set-reset" ? "LOGICQ" : "VOUT";
  const outputs = [physical.port(kind), physical.port(kind)] as const;
  const inputs = preamplifier === undefined ? ports : drawPreamplifiers(view, ports, preamplifier);
  const decided = ending === "none" ? outputs : ([physical.net(), physical.net()] as const);
  const complement = (): string => {
    if (!innerComplement) return physical.port("VCLK");
    const inverted = physical.net();
    drawInverter(physical, clock, inverted);
    return inverted;
  };
  // The mirrored latch decides while the clock is low, as its complement does while it is high.
  latch.draw({ view, inputs, outputs: decided, clock, complement });
  if (ending === "inverters") for (const side of [0, 1] as const) drawInverter(physical, decided[side], outputs[side]);
  if (ending === "set-reset") drawSetResetLatch(latch.restsLow ? view.mirror : view, decided, outputs);
  const titles = [
    `${mirrored ? "p" : "n"}-input ${latch.title}`,
    innerComplement ? "inner complement of the clock" : "",
    preamplifier === undefined ? "" : `${preamplifier.stages === 2 ? "two stages of " : ""}${loadTitles[preamplifier.load]}`,
    endingTitles[ending],
    preamplifier?.plan.title ?? "",
  ];
  const citations = [
    latch.citation,
    preamplifier === undefined ? undefined : loadCitations[preamplifier.load],
    ending === "none" ? undefined : LOGIC_CITATION,
    preamplifier?.plan.citation,
  ];
  return {
    circuit: physical.toCircuit(name),
    title: titles.filter((title) => title !== "").join(", "),
    citation: [...new Set(citations.flatMap((citation) => citation ?? []))].join("; "),
  };
}

/** Preamplifiers of the latch's own input type: their outputs stand where such inputs want them. */
function drawPreamplifiers(
  view: Schematic,
  inputs: readonly [string, string],
  { load, stages, plan }: { readonly load: Load; readonly stages: 1 | 2; readonly plan: BiasPlan },
): readonly [string, string] {
  const bias = plan.start(view);
  let signal = inputs;
  for (let stage = 0; stage < stages; stage++) signal = drawPreamplifier(view, bias, signal, load);
  return signal;
}
