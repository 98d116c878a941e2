import { composedSeed, departures, Schematic } from "@topogenie/building-blocks";
import type { SeedTopology } from "@topogenie/core";
import { drawDriver, drivers, driverTitles, type Driver } from "./driver.js";
import { drawInputNetwork, inputNetworks, inputNetworkTitles, type InputNetwork } from "./input-network.js";
import {
  drawOutputNetwork,
  outputNetworkCitations,
  outputNetworks,
  outputNetworkTitles,
  type OutputNetwork,
} from "./output-network.js";
import { drawOutputStage, outputStageCitations, outputStages, outputStageTitles, type OutputStage } from "./output-stage.js";

const BOOK = "Razavi, RF Microelectronics, ch. 12 (power amplifiers)";
const CRIPPS = "Cripps, RF Power Amplifiers for Wireless Communications (classes A to C and matching)";

interface Recipe {
  readonly input: InputNetwork;
  readonly driver: Driver;
  readonly stage: OutputStage;
  readonly output: OutputNetwork;
  readonly shortChoke: boolean;
}

/** One transistor or stack with its choke, matching networks and drivers. */
export function* singleEndedSeeds(limit: number): Generator<SeedTopology> {
  let number = 0;
  for (const stage of outputStages) {
    for (const output of outputNetworks) {
      for (const input of inputNetworks) {
        for (const driver of drivers) {
          for (const shortChoke of [true, false]) {
            const usual = [
              [stage, "common-source"],
              [output, "direct"],
              [input, "direct"],
              [driver, "none"],
              [shortChoke, true],
            ] as const;
            if (departures(usual) > limit) continue;
            // An inverter that is not told its input's voltage settles at a rail.
            if (driver === "inverter" && (input === "port-bias" || input === "mirror-bias" || input === "coil-and-bias"))
              continue;
            number += 1;
            yield draw({ input, driver, stage, output, shortChoke }, `pa-single-${number}`);
          }
        }
      }
    }
  }
}

function draw({ input, driver, stage, output, shortChoke }: Recipe, name: string): SeedTopology {
  const view = new Schematic();
  const source = view.port("VIN");
  const load = view.port("VOUT");
  const gate = drawDriver(view, driver, drawInputNetwork(view, input, source));
  const drain = view.net();
  drawOutputStage(view, stage, gate, drain);
  view.inductor(view.high, drain);
  // A capacitor beside the choke makes a resonator of it.
  if (!shortChoke) view.capacitor(view.high, drain);
  drawOutputNetwork(view, output, drain, load);
  return composedSeed(
    view,
    name,
    [
      "Power amplifier",
      outputStageTitles[stage],
      inputNetworkTitles[input],
      driverTitles[driver],
      shortChoke ? "" : "tank in place of the choke",
      outputNetworkTitles[output],
    ],
    [BOOK, CRIPPS, outputStageCitations[stage], outputNetworkCitations[output]],
  );
}
