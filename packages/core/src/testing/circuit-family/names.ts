import type { CircuitFamily } from "../../contracts/circuit-family.js";
import { promise, type BehaviourCheck } from "../conformance-check.js";
import { refuseRepeats } from "./refuse-repeats.js";

/** Rules and measurements by name. */
export function names(family: CircuitFamily): readonly BehaviourCheck[] {
  return [{ name: "has rules and measurements that are told apart", run: () => checkNames(family) }];
}

function checkNames(family: CircuitFamily): void {
  refuseRepeats(
    "rule",
    family.rules.map(({ name }) => name),
  );
  refuseRepeats(
    "measurement",
    family.measurements.map(({ name }) => name),
  );
  for (const { name } of family.rules) {
    promise(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name), `rule name "${name}" must be kebab-case`);
  }
}
