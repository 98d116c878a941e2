import { composedSeed, departures, Schematic } from "@topogenie/building-blocks";
import type { SeedTopology } from "@topogenie/core";
import { drawTail, tailCitations, tails, tailTitles, type Tail } from "./tail.js";
import { drawTankTuning, tankTunings, tankTuningTitles, VARACTOR_CITATION, type TankTuning } from "./tuning.js";

const BOOK = "Razavi, RF Microelectronics, ch. 8 (cross-coupled oscillators)";
const cores = ["n", "p", "complementary", "top-biased", "bipolar", "coupled-bipolar"] as const;
type Core = (typeof cores)[number];
const coreTitles: Readonly<Record<Core, string>> = {
  n: "n-channel cross-coupled pair",
  p: "p-channel cross-coupled pair",
  complementary: "complementary cross-coupled pairs",
  "top-biased": "n-channel cross-coupled pair fed from above",
  bipolar: "bipolar cross-coupled pair",
  "coupled-bipolar": "bipolar pair cross-coupled by capacitors",
};

interface Recipe {
  readonly core: Core;
  readonly tail: Tail;
  readonly tuning: TankTuning;
  /** Common-drain buffers at both outputs. */
  readonly buffered: boolean;
  /** A resistor across the tank. */
  readonly damped: boolean;
}

/** Oscillators whose tank is kept going by cross-coupled transistors. */
export function* crossCoupledSeeds(): Generator<SeedTopology> {
  let number = 0;
  for (const core of cores) {
    for (const tail of tails) {
      for (const tuning of tankTunings) {
        for (const buffered of [false, true]) {
          for (const damped of [false, true]) {
            // What feeds from above is the current source itself; a bipolar pair on ground would draw all that its bases can take.
            if (core === "top-biased" && tail !== "none") continue;
            if ((core === "bipolar" || core === "coupled-bipolar") && (tail === "none" || tail === "filtered")) continue;
            const usual = [
              [core, "n"],
              [tail, core === "top-biased" ? "none" : "source"],
              [tuning, "nmos-varactor"],
              [buffered, false],
              [damped, false],
            ] as const;
            if (departures(usual) > 2) continue;
            number += 1;
            yield draw({ core, tail, tuning, buffered, damped }, `vco-cross-coupled-${number}`);
          }
        }
      }
    }
  }
}

function draw({ core, tail, tuning, buffered, damped }: Recipe, name: string): SeedTopology {
  const physical = new Schematic();
  const view = core === "p" ? physical.mirror : physical;
  const ports = [physical.port("VOUT"), physical.port("VOUT")] as const;
  const tank = buffered ? ([view.net(), view.net()] as const) : ports;
  const common = drawTail(view, tail);
  for (const side of [0, 1] as const) {
    const [own, other] = [tank[side], tank[side === 0 ? 1 : 0]];
    if (core === "bipolar") view.npn(own, other, common);
    else if (core === "coupled-bipolar") {
      const base = view.net();
      view.capacitor(other, base);
      view.resistor(base, view.port("VB"));
      view.npn(own, base, common);
    } else view.n(own, other, common);
    if (core === "complementary") view.p(own, other, view.high);
  }
  if (core === "complementary") view.inductor(tank[0], tank[1]);
  else {
    const top = core === "top-biased" ? view.net() : view.high;
    if (core === "top-biased") view.p(top, view.port("VB"), view.high);
    for (const node of tank) view.inductor(top, node);
  }
  if (damped) view.resistor(tank[0], tank[1]);
  drawTankTuning(view, tuning, tank);
  if (buffered) {
    for (const side of [0, 1] as const) {
      view.n(view.high, tank[side], ports[side]);
      view.resistor(ports[side], view.low);
    }
  }
  return composedSeed(
    physical,
    name,
    [
      coreTitles[core],
      tailTitles[tail],
      tankTuningTitles[tuning],
      damped ? "resistor across the tank" : "",
      buffered ? "source-follower outputs" : "",
    ],
    [
      BOOK,
      core === "complementary"
        ? "Hajimiri, Lee, Design issues in CMOS differential LC oscillators, IEEE J. Solid-State Circuits 34(5), 1999"
        : undefined,
      tuning === "fixed" ? undefined : VARACTOR_CITATION,
      tailCitations[tail],
    ],
  );
}
