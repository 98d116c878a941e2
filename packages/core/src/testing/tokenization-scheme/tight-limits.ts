import type { Circuit } from "../../circuit/circuit.js";
import type { DeviceType } from "../../contracts/device-type.js";
import type { Conditions, GrammarState, TokenizationScheme } from "../../contracts/tokenization-scheme.js";
import { TopogenieError } from "../../runtime/error.js";
import { createRng, type Rng } from "../../runtime/rng.js";
import { promise, type BehaviourCheck } from "../conformance-check.js";
import { checkLegal, SENTENCES } from "./complete-grammar.js";
import { writeAtRandom } from "./drive-grammar.js";

/** A grammar that says it is complete is given hardly any room: it says so at once, or ends in time. */
export function tightLimits(
  scheme: TokenizationScheme,
  circuits: readonly Circuit[],
  deviceTypes: ReadonlyMap<string, DeviceType>,
): readonly BehaviourCheck[] {
  const { grammar, conditions: able } = scheme.capabilities();
  if (grammar === "partial") return [];
  const check = (draw: (rng: Rng) => Conditions): void => {
    const vocabulary = scheme.vocabulary(circuits);
    const longest = Math.max(...circuits.map((circuit) => scheme.encode(circuit, createRng(0)).length));
    for (let sentence = 0; sentence < SENTENCES; sentence++) {
      const rng = createRng(sentence);
      const conditions = draw(rng);
      const limit = 1 + rng.integer(2 * longest);
      const state = startedIfRoom(() => scheme.grammar(vocabulary, limit, conditions));
      if (state === undefined) continue;
      const circuit = scheme.decode(writeAtRandom(state, vocabulary, limit, rng));
      if (grammar === "legal") checkLegal(circuit, deviceTypes);
      const { deviceCount = circuit.devices.length, ports = circuit.ports } = conditions;
      promise(
        circuit.devices.length === deviceCount,
        `${JSON.stringify(deviceCount)} devices were asked for, not ${circuit.devices.length}`,
      );
      promise(
        [...circuit.ports].sort().join() === [...ports].sort().join(),
        `ports ${ports.join(", ")} were asked for, not ${circuit.ports.join(", ")}`,
      );
    }
  };
  return [
    {
      name: "has a grammar that keeps to its limit, however tight, or refuses it with GRAMMAR_LIMIT",
      run: () => check(() => ({})),
    },
    ...(able.includes("deviceCount") && able.includes("ports")
      ? [
          {
            name: "has a grammar that keeps to a device count and to ports, however tight its limit",
            run: () => check((rng) => drawConditions(circuits, rng)),
          },
        ]
      : []),
  ];
}

/** Any count up to the largest, and any of the ports that circuits have. */
function drawConditions(circuits: readonly Circuit[], rng: Rng): Conditions {
  const most = Math.max(...circuits.map(({ devices }) => devices.length));
  const known = [...new Set(circuits.flatMap(({ ports }) => ports))].filter((port) => port !== "VSS");
  return { deviceCount: 1 + rng.integer(most), ports: ["VSS", ...rng.shuffle(known).slice(0, rng.integer(known.length + 1))] };
}

/** Undefined where the grammar says at once that nothing can be written. */
function startedIfRoom(start: () => GrammarState): GrammarState | undefined {
  try {
    return start();
  } catch (error) {
    if (error instanceof TopogenieError && error.code === "GRAMMAR_LIMIT") return undefined;
    throw error;
  }
}
