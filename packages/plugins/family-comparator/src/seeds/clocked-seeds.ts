import {
  type BiasPlan,
  biasPlans,
  combinations,
  composedSeed,
  departures,
  Schematic,
  type Tail,
  tailCitations,
  tailTitles,
  textbookFirst,
} from "@topogenie/building-blocks";
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

interface Preamplifiers {
  readonly load: Load;
  readonly stages: 1 | 2;
  readonly plan: BiasPlan;
  readonly tail: Tail;
}

interface Recipe {
  readonly latch: DynamicLatch;
  readonly mirrored: boolean;
  readonly ending: Ending;
  /** Two clock ports, or an inverter that makes the complement. */
  readonly innerComplement: boolean;
  readonly preamplifier: Preamplifiers | undefined;
}

/** Clocked comparators: a dynamic latch, what follows it, and in some a preamplifier before it. */
export function* clockedSeeds(most: number): Generator<SeedTopology> {
  let number = 0;
  for (const recipe of textbookFirst({ textbook: textbookRecipes, all: possibleRecipes, departuresOf }, most)) {
    number += 1;
    yield drawSeed(recipe, `comparator-clocked-${number}`);
  }
}

/** Each latch with each ending and load; the bias plans take turns. */
function* textbookRecipes(): Generator<Recipe> {
  for (const latch of dynamicLatches) {
    for (const mirrored of [false, true]) {
      for (const ending of endings) {
        for (const innerComplement of complementsOf(latch)) {
          const plain: Recipe = { latch, mirrored, ending, innerComplement, preamplifier: undefined };
          yield plain;
          if (innerComplement) continue;
          for (const [index, load] of loads.entries()) {
            const plans = biasPlans.filter((plan, place) => plan.departures <= 1 && (ending !== "none" || place < 2));
            const plan = plans[(index + dynamicLatches.indexOf(latch)) % plans.length];
            if (plan === undefined) throw new RangeError("there are no bias plans");
            const stages = ending === "set-reset" && load === "diodes" ? 2 : 1;
            if (isReached(latch, load)) yield { ...plain, preamplifier: { load, stages, plan, tail: "source" } };
          }
        }
      }
    }
  }
}

function* possibleRecipes(): Generator<Recipe> {
  const preamplifiers = [...combinations<Preamplifiers>({ load: loads, stages: [1, 2], plan: biasPlans, tail: tails })];
  for (const latch of dynamicLatches) {
    yield* combinations<Recipe>({
      latch: [latch],
      mirrored: [false, true],
      ending: endings,
      innerComplement: complementsOf(latch),
      preamplifier: [
        undefined,
        ...preamplifiers.filter(({ load, plan, tail }) => isReached(latch, load) && (tail !== "port" || plan.external)),
      ],
    });
  }
}

/** What the output of a preamplifier leaves room for below it. */
const tails: readonly Tail[] = ["source", "cascode", "resistor", "port"];

function complementsOf(latch: DynamicLatch): readonly boolean[] {
  return latch.name.startsWith("double-tail") ? [false, true] : [false];
}

/** Input devices in triode want a voltage near the rail, as resistors alone give it. */
function isReached(latch: DynamicLatch, load: Load): boolean {
  return latch.name !== "triode-inputs" || load === "resistors";
}

function departuresOf({ ending, innerComplement, preamplifier }: Recipe): number {
  const choices = departures([
    [ending, "none"],
    [innerComplement, false],
    [preamplifier === undefined, true],
    [preamplifier?.stages ?? 1, 1],
    [preamplifier?.tail ?? "source", "source"],
  ]);
  return choices + (preamplifier?.plan.departures ?? 0);
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
    tailTitles[preamplifier?.tail ?? "source"],
    endingTitles[ending],
    preamplifier?.plan.title ?? "",
  ];
  const citations = [
    latch.citation,
    preamplifier === undefined ? undefined : loadCitations[preamplifier.load],
    tailCitations[preamplifier?.tail ?? "source"],
    ending === "none" ? undefined : LOGIC_CITATION,
    preamplifier?.plan.citation,
  ];
  return composedSeed(physical, name, titles, citations);
}

/** Preamplifiers of the latch's own input type: their outputs stand where such inputs want them. */
function drawPreamplifiers(
  view: Schematic,
  inputs: readonly [string, string],
  { load, stages, plan, tail }: Preamplifiers,
): readonly [string, string] {
  const bias = plan.start(view);
  let signal = inputs;
  for (let stage = 0; stage < stages; stage++) signal = drawPreamplifier(view, bias, signal, load, tail);
  return signal;
}
