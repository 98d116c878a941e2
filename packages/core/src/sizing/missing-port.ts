import type { Circuit } from "../circuit/circuit.js";
import { portKind } from "../circuit/ports.js";
import type { CircuitFamily } from "../contracts/circuit-family.js";

/** What keeps a circuit off a family's benches: too few or too many ports of a kind, in words; undefined when all fit. */
export function missingPort(circuit: Circuit, family: Pick<CircuitFamily, "ports">): string | undefined {
  for (const { kind, minimum, maximum, alternatives = [] } of family.ports) {
    const kinds = [kind, ...alternatives];
    const counted = (wanted: readonly string[]): number => circuit.ports.filter((port) => wanted.includes(portKind(port))).length;
    if (counted(kinds) < minimum) return `needs ${minimum} ${kinds.join(" or ")} port${minimum === 1 ? "" : "s"}`;
    if (counted([kind]) > maximum) return `has more than ${maximum} ${kind} ports`;
  }
  return undefined;
}
