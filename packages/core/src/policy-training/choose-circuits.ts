import type { Circuit } from "../circuit/circuit.js";
import type { CircuitFamily } from "../contracts/circuit-family.js";
import { TopogenieError } from "../runtime/error.js";
import { createRng } from "../runtime/rng.js";
import type { PolicyTrainingConfig } from "./policy-training-config.js";

/** Seed topologies of a family. */
export interface ChosenCircuits {
  readonly training: readonly Circuit[];
  readonly heldOut: readonly Circuit[];
}

/** Drawn by the config's seed, none twice. Throws `POLICY_CIRCUITS_FEW`. */
export function chooseCircuits(config: PolicyTrainingConfig, family: CircuitFamily): ChosenCircuits {
  const { circuits, heldOut, maximumDevices = Infinity, exclude, seed } = config;
  const excluded = new Set(exclude);
  const eligible = [...family.seeds()].filter(
    ({ circuit, title }) => circuit.devices.length <= maximumDevices && !excluded.has(circuit.name) && !excluded.has(title),
  );
  if (eligible.length < circuits + heldOut) {
    throw new TopogenieError(
      "POLICY_CIRCUITS_FEW",
      `circuits and heldOut ask for ${circuits + heldOut} topologies, and ${family.name} has ${eligible.length} that qualify. ` +
        `Ask for fewer, or raise maximumDevices.`,
    );
  }
  const drawn = createRng(seed)
    .fork("circuits")
    .shuffle(eligible)
    .map(({ circuit }) => circuit);
  return { training: drawn.slice(0, circuits), heldOut: drawn.slice(circuits, circuits + heldOut) };
}
