import type { Circuit } from "../circuit/circuit.js";
import { portKind } from "../circuit/ports.js";
import type { CircuitFamily } from "../contracts/circuit-family.js";

/** What keeps a circuit off a family's benches: too few or too many ports of a kind, in words; undefined when all fit. */
export function missingPort(circuit: Circuit, family: Pick<CircuitFamily, "ports">): string | undefined {
  for (const { kind, minimum, maximum } of family.ports) {
    const count = circuit.ports.filter((port) => portKind(port) === kind).length;
    if (count < minimum) return `needs ${minimum} ${kind} port${minimum === 1 ? "" : "s"}`;
    if (count > maximum) return `has more than ${maximum} ${kind} ports`;
  }
  return undefined;
}
