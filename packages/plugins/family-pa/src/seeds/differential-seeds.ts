import { composedSeed, departures, Schematic } from "@topogenie/building-blocks";
import type { SeedTopology } from "@topogenie/core";
import { drawDriver, driverTitles, type Driver } from "./driver.js";
import { drawInputNetwork, inputNetworkTitles, type InputNetwork } from "./input-network.js";
import { drawOutputNetwork, outputNetworkCitations, outputNetworkTitles, type OutputNetwork } from "./output-network.js";
import { drawOutputStage, outputStageCitations, outputStageTitles, type OutputStage } from "./output-stage.js";

const BOOK = "Razavi, RF Microelectronics, ch. 12 (differential power amplifiers)";
const helps = ["none", "neutralised", "cross-coupled", "tail-coil"] as const;
/** What joins the two halves. */
type Help = (typeof helps)[number];
const helpTitles: Readonly<Record<Help, string>> = {
  none: "coil between the drains",
  neutralised: "cross-coupled neutralising capacitors",
  "cross-coupled": "cross-coupled transistors at the outputs",
  "tail-coil": "coil below the sources",
};

/** Two halves in opposition. */
export function* differentialSeeds(limit: number): Generator<SeedTopology> {
  let number = 0;
  for (const stage of ["common-source", "cascode", "cascode-port", "bipolar", "degenerated"] as const) {
    for (const output of ["direct", "coupled", "l-section", "series-resonator"] as const) {
      for (const input of ["direct", "port-bias", "coil"] as const) {
        for (const driver of ["none", "coil", "resistor", "cascode"] as const) {
          for (const help of helps) {
            if (help === "tail-coil" && stage !== "common-source") continue;
            const usual = [
              [stage, "common-source"],
              [output, "direct"],
              [input, "direct"],
              [driver, "none"],
              [help, "none"],
            ] as const;
            if (departures(usual) > limit) continue;
            number += 1;
            yield draw(stage, output, input, driver, help, `pa-differential-${number}`);
          }
        }
      }
    }
  }
}

function draw(
  stage: OutputStage,
  output: OutputNetwork,
  input: InputNetwork,
  driver: Driver,
  help: Help,
  name: string,
): SeedTopology {
  const view = new Schematic();
  const sources = [view.port("VIN"), view.port("VIN")] as const;
  const loads = [view.port("VOUT"), view.port("VOUT")] as const;
  const gates: string[] = [];
  const drains = output === "direct" ? loads : ([view.net(), view.net()] as const);
  const tail = help === "tail-coil" ? view.net() : view.low;
  for (const side of [0, 1] as const) {
    const gate = drawDriver(view, driver, drawInputNetwork(view, input, sources[side]));
    gates.push(gate);
    if (help === "tail-coil") view.n(drains[side], gate, tail);
    else drawOutputStage(view, stage, gate, drains[side]);
    view.inductor(view.high, drains[side]);
  }
  if (help === "tail-coil") view.inductor(tail, view.low);
  else if (help === "none") view.inductor(drains[0], drains[1]);
  for (const side of [0, 1] as const) {
    const other = side === 0 ? 1 : 0;
    if (help === "neutralised") view.capacitor(gates[side] ?? "", drains[other]);
    if (help === "cross-coupled") view.n(drains[side], drains[other], view.low);
    if (output !== "direct") drawOutputNetwork(view, output, drains[side], loads[side]);
  }
  return composedSeed(
    view,
    name,
    [
      "Differential power amplifier",
      outputStageTitles[stage],
      inputNetworkTitles[input],
      driverTitles[driver],
      helpTitles[help],
      outputNetworkTitles[output],
    ],
    [
      BOOK,
      help === "cross-coupled"
        ? "Tsai, Gray, A 1.9-GHz, 1-W CMOS class-E power amplifier for wireless communications, IEEE J. Solid-State Circuits 34(7), 1999"
        : undefined,
      outputStageCitations[stage],
      outputNetworkCitations[output],
    ],
  );
}
