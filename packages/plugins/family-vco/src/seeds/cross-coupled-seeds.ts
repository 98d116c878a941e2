import { combinations, composedSeed, departures, Schematic } from "@topogenie/building-blocks";
import type { SeedTopology } from "@topogenie/core";
import { buffers, bufferTitles, drawBuffer, type Buffer } from "./output-buffer.js";
import { drawTail, tailCitations, tails, tailTitles, type Tail } from "./tail.js";
import { drawTankTuning, tankTunings, tankTuningTitles, VARACTOR_CITATION, type TankTuning } from "./tuning.js";

const BOOK = "Razavi, RF Microelectronics, ch. 8 (cross-coupled oscillators)";
const BANK_CITATION = "Razavi, RF Microelectronics, ch. 8 (discrete tuning)";
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
  readonly buffer: Buffer;
  /** A resistor across the tank. */
  readonly damped: boolean;
  /** A capacitor across the tank that a transistor at a bias voltage connects. */
  readonly banked: boolean;
}

/** Oscillators whose tank is kept going by cross-coupled transistors. */
export function* crossCoupledSeeds(limit: number): Generator<SeedTopology> {
  let number = 0;
  for (const recipe of combinations<Recipe>({
    core: cores,
    tail: tails,
    tuning: tankTunings,
    buffer: buffers,
    damped: [false, true],
    banked: [false, true],
  })) {
    const { core, tail, tuning, buffer, damped, banked } = recipe;
    // What feeds from above is the current source itself; a bipolar pair on ground would draw all that its bases can take.
    if (core === "top-biased" && tail !== "none") continue;
    if ((core === "bipolar" || core === "coupled-bipolar") && (tail === "none" || tail === "filtered")) continue;
    const count = departures(
      [
        [core, "n"],
        [tail, core === "top-biased" ? "none" : "source"],
        [tuning, "nmos-varactor"],
        [buffer, "none"],
        [damped, false],
      ],
      [
        [buffer === "none" || buffer === "followers", true],
        [banked, false],
      ],
    );
    if (count > limit) continue;
    number += 1;
    yield draw(recipe, `vco-cross-coupled-${number}`);
  }
}

function draw({ core, tail, tuning, buffer, damped, banked }: Recipe, name: string): SeedTopology {
  const physical = new Schematic();
  const view = core === "p" ? physical.mirror : physical;
  const ports = [physical.port("VOUT"), physical.port("VOUT")] as const;
  const tank = buffer === "none" ? ports : ([view.net(), view.net()] as const);
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
  if (banked) drawBank(physical, tank);
  for (const side of [0, 1] as const) drawBuffer(view, buffer, tank[side], ports[side]);
  return composedSeed(
    physical,
    name,
    [
      coreTitles[core],
      tailTitles[tail],
      tankTuningTitles[tuning],
      damped ? "resistor across the tank" : "",
      banked ? "switched capacitors across the tank" : "",
      bufferTitles[buffer],
    ],
    [
      BOOK,
      core === "complementary"
        ? "Hajimiri, Lee, Design issues in CMOS differential LC oscillators, IEEE J. Solid-State Circuits 34(5), 1999"
        : undefined,
      tuning === "fixed" ? undefined : VARACTOR_CITATION,
      tailCitations[tail],
      banked ? BANK_CITATION : undefined,
    ],
  );
}

/** Resistors keep the switch's ends at ground, where its gate's voltage tells on from off. */
function drawBank(view: Schematic, tank: readonly [string, string]): void {
  const ends = [view.net(), view.net()] as const;
  for (const side of [0, 1] as const) {
    view.capacitor(tank[side], ends[side]);
    view.resistor(ends[side], view.low);
  }
  view.n(ends[0], view.port("VB"), ends[1]);
}
