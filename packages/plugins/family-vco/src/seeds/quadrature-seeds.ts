import { combinations, composedSeed, departures, Schematic } from "@topogenie/building-blocks";
import type { SeedTopology } from "@topogenie/core";
import { buffers, bufferTitles, drawBuffer, type Buffer } from "./output-buffer.js";
import { drawTail, tailTitles } from "./tail.js";
import { drawTankTuning, tankTuningTitles, VARACTOR_CITATION, type TankTuning } from "./tuning.js";

interface Recipe {
  readonly coupling: "parallel" | "series";
  readonly complementary: boolean;
  readonly tail: "source" | "none" | "mirror" | "port";
  readonly tuning: TankTuning;
  readonly buffer: Buffer;
}

/** Two cross-coupled oscillators that hold each other a quarter of a period apart. */
export function* quadratureSeeds(limit: number): Generator<SeedTopology> {
  let number = 0;
  for (const recipe of combinations<Recipe>({
    coupling: ["parallel", "series"],
    complementary: [false, true],
    tail: ["source", "none", "mirror", "port"],
    tuning: ["nmos-varactor", "pmos-varactor", "fixed", "diode-varactor", "varactor-and-capacitor", "coupled-varactor"],
    buffer: buffers,
  })) {
    const { coupling, complementary, tail, tuning, buffer } = recipe;
    const count = departures(
      [
        [coupling, "parallel"],
        [complementary, false],
        [tail, "source"],
        [tuning, "nmos-varactor"],
      ],
      [
        [tuning === "varactor-and-capacitor" || tuning === "coupled-varactor", false],
        [buffer, "none"],
      ],
    );
    if (count > limit) continue;
    number += 1;
    yield draw(recipe, `vco-quadrature-${number}`);
  }
}

function draw({ coupling, complementary, tail, tuning, buffer }: Recipe, name: string): SeedTopology {
  const view = new Schematic();
  const ports = Array.from({ length: 4 }, () => view.port("VOUT"));
  const nodes = buffer === "none" ? ports : ports.map(() => view.net());
  const commons = [drawTail(view, tail), drawTail(view, tail)];
  for (const [index, node] of nodes.entries()) {
    const core = Math.floor(index / 2);
    const partner = nodes[index ^ 1] ?? "";
    // The first core drives the second straight and the second drives the first crossed: a quarter of a period each.
    const driver = nodes[core === 0 ? (index ^ 1) + 2 : index - 2] ?? "";
    const common = commons[core] ?? view.low;
    if (coupling === "parallel") {
      view.n(node, partner, common);
      view.n(node, driver, common);
    } else {
      const middle = view.net();
      view.n(middle, driver, common);
      view.n(node, partner, middle);
    }
    if (complementary) view.p(node, partner, view.high);
    else view.inductor(view.high, node);
  }
  if (complementary) {
    for (const core of [0, 1]) view.inductor(nodes[2 * core] ?? "", nodes[2 * core + 1] ?? "");
  }
  drawTankTuning(view, tuning, nodes);
  for (const [index, port] of ports.entries()) drawBuffer(view, buffer, nodes[index] ?? "", port);
  return composedSeed(
    view,
    name,
    [
      `Quadrature oscillator with ${coupling} coupling`,
      complementary ? "complementary cores" : "n-channel cores",
      tailTitles[tail],
      tankTuningTitles[tuning],
      bufferTitles[buffer],
    ],
    ["Razavi, RF Microelectronics, ch. 8 (quadrature oscillators)", tuning === "fixed" ? undefined : VARACTOR_CITATION],
  );
}
