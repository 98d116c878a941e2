import type { ConformanceCheck } from "./conformance-check.js";
import { deviceCircuits } from "./simulator/devices.js";
import { endurance } from "./simulator/endurance.js";
import { hazardCircuits } from "./simulator/hazards.js";
import { independence } from "./simulator/independence.js";
import { linearCircuits } from "./simulator/linear-circuits.js";
import { sourceWaveforms } from "./simulator/source-waveforms.js";
import { stopping } from "./simulator/stopping.js";
import { SharedSimulator, type CreateSimulator } from "./simulator/with-session.js";

/**
 * What every simulator promises, for a plugin's own tests. To be run in order: the checks share one simulator, of any
 * number of workers, and the last one disposes of it.
 */
export function simulatorConformance(createSimulator: CreateSimulator): readonly ConformanceCheck[] {
  const shared = new SharedSimulator(createSimulator);
  return [
    ...linearCircuits(shared),
    ...sourceWaveforms(shared),
    ...deviceCircuits(shared),
    ...independence(shared),
    ...hazardCircuits(shared),
    ...endurance(shared),
    ...stopping(shared),
  ];
}
