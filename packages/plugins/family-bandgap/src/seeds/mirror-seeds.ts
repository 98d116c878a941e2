import {
  combinations,
  composedSeed,
  departures,
  drawJunction,
  drawStartUp,
  type Junction,
  junctionCitations,
  junctions,
  junctionTitles,
  Schematic,
  START_UP_CITATION,
  startUps,
  type StartUp,
  startUpTitles,
  textbookFirst,
} from "@topogenie/building-blocks";
import type { SeedTopology } from "@topogenie/core";

const loops = ["junctions", "weak-inversion-pair"] as const;
/** What gives the proportional current: two junctions under equal gate-source voltages, or two transistors in weak inversion. */
type Loop = (typeof loops)[number];

const loopTitles: Readonly<Record<Loop, string>> = {
  junctions: "mirrors that hold two junctions equal",
  "weak-inversion-pair": "proportional current from transistors in weak inversion",
};

const loopCitations: Readonly<Record<Loop, string>> = {
  junctions: "Razavi, Design of Analog CMOS Integrated Circuits, bandgap references chapter (PTAT current generation)",
  "weak-inversion-pair": "Vittoz, Neyroud, A low-voltage CMOS bandgap reference, IEEE J. Solid-State Circuits 14 (1979)",
};

const outputs = ["sum", "divided"] as const;
/** `divided`: a resistor to ground beside the sum brings it below 1 V. */
type Output = (typeof outputs)[number];

interface Recipe {
  readonly loop: Loop;
  readonly junction: Junction;
  readonly output: Output;
  readonly startUp: StartUp;
  readonly stabilised: boolean;
  readonly filtered: boolean;
}

/** References without an amplifier: n-channel and p-channel mirrors feed each other. */
export function* mirrorSeeds(most: number): Generator<SeedTopology> {
  let number = 0;
  const recipes = {
    textbook: () => possibleRecipes([false]),
    all: () => possibleRecipes([false, true]),
    departuresOf,
  };
  for (const recipe of textbookFirst(recipes, most)) {
    number += 1;
    yield drawSeed(recipe, `bandgap-mirror-${number}`);
  }
}

/** @param filtered whether a capacitor stands at the output */
function possibleRecipes(filtered: readonly boolean[]): Iterable<Recipe> {
  return combinations<Recipe>({
    loop: loops,
    // Weak inversion twice over is one transistor pair standing on another: no room below 1.8 V when cold.
    junction: junctions.filter((junction) => junction !== "weak-inversion"),
    output: outputs,
    startUp: startUps,
    stabilised: [false, true],
    filtered,
  });
}

function departuresOf({ junction, output, startUp, stabilised, filtered }: Recipe): number {
  return departures([
    [junction, "pnp"],
    [output, "sum"],
    [startUp, "resistor"],
    [stabilised, false],
    [filtered, false],
  ]);
}

function drawSeed({ loop, junction, output, startUp, stabilised, filtered }: Recipe, name: string): SeedTopology {
  const view = new Schematic();
  const out = view.port("VOUT");
  const [low, high, right] = [view.net(), view.net(), view.net()];
  const left = loop === "junctions" ? view.net() : view.low;
  const [width, length] = [50e-6, 5e-6];
  view.p(low, high, view.high, view.high, { w: width, l: length });
  view.p(high, high, view.high, view.high, { w: width, l: length });
  // In weak inversion the ratio of widths takes the place of that of junctions; short, so that four of them stay drawable.
  const [one, four] = loop === "junctions" ? [width, width] : [25e-6, 100e-6];
  const channel = loop === "junctions" ? length : 1e-6;
  view.n(low, low, left, view.low, { w: one, l: channel });
  view.n(high, low, right, view.low, { w: four, l: channel });
  if (loop === "junctions") {
    const bottom = view.net();
    drawJunction(view, left, junction);
    view.resistor(right, bottom, { r: 5.4e3 });
    drawJunction(view, bottom, junction, 8);
  } else view.resistor(right, view.low, { r: 5e3 });
  const below = view.net();
  view.p(out, high, view.high, view.high, { w: width, l: length });
  view.resistor(out, below, { r: 54e3 });
  drawJunction(view, below, junction);
  if (output === "divided") view.resistor(out, view.low, { r: 100e3 });
  // It must see a voltage above its own threshold, which that of the pair in weak inversion alone is not.
  drawStartUp(view, loop === "junctions" ? low : out, high, startUp);
  if (stabilised) view.capacitor(high, view.high);
  if (filtered) view.capacitor(out, view.low);
  return composedSeed(
    view,
    name,
    [
      loopTitles[loop],
      junctionTitles[junction],
      output === "divided" ? "output divided below 1 V" : "",
      startUpTitles[startUp],
      stabilised ? "capacitor at the mirror" : "",
      filtered ? "capacitor at the output" : "",
    ],
    [loopCitations[loop], junctionCitations[junction], START_UP_CITATION],
  );
}
