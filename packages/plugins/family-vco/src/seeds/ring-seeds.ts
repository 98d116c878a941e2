import { composedSeed, departures, Schematic } from "@topogenie/building-blocks";
import type { SeedTopology } from "@topogenie/core";

const BOOK = "Razavi, Design of Analog CMOS Integrated Circuits, ch. 15 (ring oscillators and their tuning)";
const tunings = [
  "n-starved",
  "p-starved",
  "mirrored",
  "shared-foot",
  "shared-head",
  "switched-load",
  "varactor",
  "resistive-load",
  "supply-follower",
  "plain",
] as const;
type Tuning = (typeof tunings)[number];
const tuningTitles: Readonly<Record<Tuning, string>> = {
  "n-starved": "starved by n-channel feet",
  "p-starved": "starved by p-channel heads",
  mirrored: "starved at both ends by a mirrored control current",
  "shared-foot": "one foot for all stages",
  "shared-head": "one head for all stages",
  "switched-load": "capacitors behind control transistors",
  varactor: "MOS varactors at the stages",
  "resistive-load": "common-source stages with control transistors for loads",
  "supply-follower": "supply from a source follower",
  plain: "plain inverters",
};
const citations: Readonly<Partial<Record<Tuning, string>>> = {
  mirrored:
    "Jeong, Borriello, Hodges, Katz, Design of PLL-based clock generation circuits, IEEE J. Solid-State Circuits 22(2), 1987 (current-starved ring)",
  "switched-load":
    "Johnson, Hudson, A variable delay line PLL for CPU-coprocessor synchronization, IEEE J. Solid-State Circuits 23(5), 1988 (shunt-capacitor delay cells)",
};

/** Rings of an odd number of inverting stages. */
export function* ringSeeds(limit: number): Generator<SeedTopology> {
  let number = 0;
  for (const stages of [3, 5, 7, 9]) {
    for (const tuning of tunings) {
      // Nine stages behind one head have an operating point that is hard to find.
      if (stages === 9 && (tuning === "shared-head" || tuning === "supply-follower" || tuning === "shared-foot")) continue;
      for (const inverters of [0, 1, 2, 3]) {
        for (const loaded of [false, true]) {
          if (
            departures(
              [],
              [
                [inverters > 1, false],
                [loaded, false],
              ],
            ) > limit
          )
            continue;
          number += 1;
          yield draw(stages, tuning, inverters, loaded, `vco-ring-${number}`);
        }
      }
    }
  }
}

function draw(stages: number, tuning: Tuning, inverters: number, loaded: boolean, name: string): SeedTopology {
  const view = new Schematic();
  const out = view.port("VOUT");
  const nodes = Array.from({ length: stages }, (_, index) => (index === 0 && inverters === 0 ? out : view.net()));
  const rails = drawRails(view, tuning);
  for (const [index, input] of nodes.entries()) drawStage(view, tuning, rails, input, nodes[(index + 1) % stages] ?? "");
  if (loaded) for (const node of nodes) view.capacitor(node, view.low);
  let from = nodes[0] ?? "";
  for (let index = 1; index <= inverters; index++) {
    const to = index === inverters ? out : view.net();
    view.n(to, from, view.low);
    view.p(to, from, view.high);
    from = to;
  }
  return composedSeed(
    view,
    name,
    [
      `Ring of ${stages} stages`,
      tuningTitles[tuning],
      loaded ? "capacitors at the stages" : "",
      ["", "inverter at the output", "two inverters at the output", "three inverters at the output"][inverters] ?? "",
    ],
    [BOOK, citations[tuning]],
  );
}

interface Rails {
  readonly low: string;
  readonly high: string;
  readonly footGate: string;
  readonly headGate: string;
}

/** What all stages share. */
function drawRails(view: Schematic, tuning: Tuning): Rails {
  const control = tuning === "plain" ? "" : view.port("VCONT");
  const rails = { low: view.low, high: view.high, footGate: control, headGate: control };
  if (tuning === "shared-foot") {
    const low = view.net();
    view.n(low, control, view.low);
    return { ...rails, low };
  }
  if (tuning === "shared-head") {
    const high = view.net();
    view.p(high, control, view.high);
    return { ...rails, high };
  }
  if (tuning === "supply-follower") {
    const high = view.net();
    view.p(view.low, control, high, high);
    view.resistor(view.high, high);
    return { ...rails, high };
  }
  if (tuning === "mirrored") {
    const headGate = view.net();
    view.n(headGate, control, view.low);
    view.p(headGate, headGate, view.high);
    return { ...rails, headGate };
  }
  return rails;
}

function drawStage(
  view: Schematic,
  tuning: Tuning,
  { low, high, footGate, headGate }: Rails,
  input: string,
  output: string,
): void {
  const foot = tuning === "n-starved" || tuning === "mirrored" ? view.net() : low;
  const head = tuning === "p-starved" || tuning === "mirrored" ? view.net() : high;
  view.n(output, input, foot);
  if (tuning === "resistive-load") view.p(output, headGate, high);
  else view.p(output, input, head);
  if (foot !== low) view.n(foot, footGate, low);
  if (head !== high) view.p(head, headGate, high);
  if (tuning === "switched-load") {
    const end = view.net();
    view.n(output, footGate, end);
    view.capacitor(end, view.low);
  }
  if (tuning === "varactor") view.n(footGate, output, footGate);
}
