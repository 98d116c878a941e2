import type { CircuitFamily, Specification } from "../../contracts/circuit-family.js";
import { promise, type BehaviourCheck } from "../conformance-check.js";

/** What is asked of a circuit. */
export function specifications(family: CircuitFamily): readonly BehaviourCheck[] {
  return [{ name: "speaks in specifications only of what it measures", run: () => checkSpecifications(family) }];
}

function checkSpecifications(family: CircuitFamily): void {
  const known = new Set(family.measurements.map(({ name }) => name));
  const both: readonly (readonly [string, Specification])[] = [
    ["minimumFunction", family.minimumFunction],
    ["specification", family.specification],
  ];
  for (const [what, { constraints }] of both) {
    promise(constraints.length > 0, `${what} has no constraints`);
    for (const { measurement, atLeast, atMost } of constraints) {
      promise(known.has(measurement), `${what}: there is no measurement "${measurement}"`);
      const bounds = [atLeast, atMost].filter((bound) => bound !== undefined);
      promise(bounds.length > 0 && bounds.every(Number.isFinite), `${what}: "${measurement}" needs a finite bound`);
    }
  }
}
