import type { Circuit } from "../../circuit/circuit.js";
import { checkRules } from "../../circuit/rules/electrical-rules.js";
import type { DeviceType } from "../../contracts/device-type.js";
import type { TokenizationScheme } from "../../contracts/tokenization-scheme.js";
import { createRng } from "../../runtime/rng.js";
import { promise, type BehaviourCheck } from "../conformance-check.js";
import { driveGrammar } from "./drive-grammar.js";

/** Sentences driven by chance. */
export const SENTENCES = 200;

/** A grammar that says it is complete is driven by random choice. */
export function completeGrammar(
  scheme: TokenizationScheme,
  circuits: readonly Circuit[],
  deviceTypes: ReadonlyMap<string, DeviceType>,
): readonly BehaviourCheck[] {
  if (scheme.capabilities().grammar === "partial") return [];
  return [
    {
      name: "has a grammar without dead ends, whose sentences all decode, into legal circuits if it says so",
      run: () => {
        const vocabulary = scheme.vocabulary(circuits);
        for (let sentence = 0; sentence < SENTENCES; sentence++) {
          const circuit = driveGrammar(scheme, vocabulary, circuits, {}, createRng(sentence));
          if (scheme.capabilities().grammar === "legal") checkLegal(circuit, deviceTypes);
        }
      },
    },
  ];
}

export function checkLegal(circuit: Circuit, deviceTypes: ReadonlyMap<string, DeviceType>): void {
  const [violation] = checkRules(circuit, deviceTypes);
  promise(violation === undefined, `the grammar lets a circuit end that breaks a rule: ${violation?.message ?? ""}`);
}
