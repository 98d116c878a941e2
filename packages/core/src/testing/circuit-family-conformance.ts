import type { CircuitFamily } from "../contracts/circuit-family.js";
import type { DeviceType } from "../contracts/device-type.js";
import { benches } from "./circuit-family/benches.js";
import { drawnSeeds } from "./circuit-family/drawn-seeds.js";
import { endurance } from "./circuit-family/endurance.js";
import { figureOfMerit } from "./circuit-family/figure-of-merit.js";
import { names } from "./circuit-family/names.js";
import { ports } from "./circuit-family/ports.js";
import { seeds } from "./circuit-family/seeds.js";
import { specifications } from "./circuit-family/specifications.js";
import { words } from "./circuit-family/words.js";
import { behaviour, type ConformanceCheck } from "./conformance-check.js";

/** What every circuit family promises, for a plugin's own tests. Nothing is simulated. */
export function circuitFamilyConformance(
  family: CircuitFamily,
  deviceTypes: ReadonlyMap<string, DeviceType>,
): readonly ConformanceCheck[] {
  const drawn = drawnSeeds(family);
  return [
    ...behaviour("circuit-family", "words", words(family)),
    ...behaviour("circuit-family", "ports", ports(family)),
    ...behaviour("circuit-family", "names", names(family)),
    ...behaviour("circuit-family", "specifications", specifications(family)),
    ...behaviour("circuit-family", "seeds", seeds(family, deviceTypes, drawn)),
    ...behaviour("circuit-family", "benches", benches(family, deviceTypes, drawn)),
    ...behaviour("circuit-family", "figure-of-merit", figureOfMerit(family)),
    ...behaviour("circuit-family", "endurance", endurance(family, deviceTypes, drawn)),
  ].map((check) => ({ ...check, name: `${family.name}: ${check.name}` }));
}
