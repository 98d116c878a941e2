import type { Circuit } from "../circuit/circuit.js";
import type { DeviceType } from "../contracts/device-type.js";
import type { TokenizationScheme } from "../contracts/tokenization-scheme.js";
import { behaviour, type ConformanceCheck } from "./conformance-check.js";
import { completeGrammar } from "./tokenization-scheme/complete-grammar.js";
import { conditions } from "./tokenization-scheme/conditions.js";
import { endurance } from "./tokenization-scheme/endurance.js";
import { endingSoon } from "./tokenization-scheme/ending-soon.js";
import { grammar } from "./tokenization-scheme/grammar.js";
import { refusals } from "./tokenization-scheme/refusals.js";
import { roundTrip } from "./tokenization-scheme/round-trip.js";
import { sentences } from "./tokenization-scheme/sentences.js";
import { tightLimits } from "./tokenization-scheme/tight-limits.js";
import { vocabulary } from "./tokenization-scheme/vocabulary.js";

/**
 * What every tokenization scheme promises, for a plugin's own tests. What applies follows from its capabilities.
 *
 * @param circuits several different circuits, all of which the scheme can write
 */
export function tokenizationSchemeConformance(
  scheme: TokenizationScheme,
  circuits: readonly Circuit[],
  deviceTypes: ReadonlyMap<string, DeviceType>,
): readonly ConformanceCheck[] {
  return [
    ...behaviour("tokenization-scheme", "vocabulary", vocabulary(scheme, circuits)),
    ...behaviour("tokenization-scheme", "sentences", sentences(scheme, circuits)),
    ...behaviour("tokenization-scheme", "round-trip", roundTrip(scheme, circuits, deviceTypes)),
    ...behaviour("tokenization-scheme", "refusals", refusals(scheme, circuits, deviceTypes)),
    ...behaviour("tokenization-scheme", "grammar", grammar(scheme, circuits)),
    ...behaviour("tokenization-scheme", "complete-grammar", [
      ...completeGrammar(scheme, circuits, deviceTypes),
      ...tightLimits(scheme, circuits, deviceTypes),
      ...endingSoon(scheme, circuits, deviceTypes),
    ]),
    ...behaviour("tokenization-scheme", "conditions", conditions(scheme, circuits)),
    ...behaviour("tokenization-scheme", "endurance", endurance(scheme, circuits)),
  ].map((check) => ({ ...check, name: `${scheme.name}: ${check.name}` }));
}
