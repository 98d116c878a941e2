import { behaviour, type ConformanceCheck } from "./conformance-check.js";
import { bypass } from "./simulator/bypass.js";
import { capabilities } from "./simulator/capabilities.js";
import { deviceCircuits } from "./simulator/devices.js";
import { endurance } from "./simulator/endurance.js";
import { hazardCircuits } from "./simulator/hazards.js";
import { independence } from "./simulator/independence.js";
import { linearCircuits } from "./simulator/linear-circuits.js";
import { sourceWaveforms } from "./simulator/source-waveforms.js";
import { stopping } from "./simulator/stopping.js";
import { SharedSimulator, type CreateSimulator, type SimulatorCheck } from "./simulator/with-session.js";

/**
 * What every simulator promises, for a plugin's own tests. Makes one to ask for its capabilities, by which it is known what
 * applies. To be run in order: the checks share that simulator, of any number of workers, and the last one disposes of it.
 */
export async function simulatorConformance(createSimulator: CreateSimulator): Promise<readonly ConformanceCheck[]> {
  const shared = new SharedSimulator(createSimulator);
  const able = (await shared.get()).capabilities();
  const applying = (heading: string, checks: readonly SimulatorCheck[]): readonly ConformanceCheck[] =>
    behaviour(
      "simulator",
      heading,
      checks.filter((check) => check.applies(able)),
    );
  return [
    ...applying("capabilities", capabilities(shared)),
    ...applying("linear-circuits", linearCircuits(shared)),
    ...applying("source-waveforms", sourceWaveforms(shared)),
    ...applying("devices", deviceCircuits(shared)),
    ...applying("bypass", bypass(shared)),
    ...applying("independence", independence(shared)),
    ...applying("hazards", hazardCircuits(shared)),
    ...applying("endurance", endurance(shared)),
    ...applying("stopping", stopping(shared)),
  ];
}
