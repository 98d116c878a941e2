import { portKind } from "../../circuit/ports.js";
import type { CircuitFamily } from "../../contracts/circuit-family.js";
import { promise, type BehaviourCheck } from "../conformance-check.js";
import { refuseRepeats } from "./refuse-repeats.js";

/** Which circuits may be of the family. */
export function ports(family: CircuitFamily): readonly BehaviourCheck[] {
  return [{ name: "has port requirements that can be met", run: () => checkPorts(family) }];
}

function checkPorts(family: CircuitFamily): void {
  refuseRepeats(
    "port kind",
    family.ports.map(({ kind }) => kind),
  );
  for (const { kind, minimum, maximum, alternatives = [] } of family.ports) {
    const strange = alternatives.find((other) => other === kind || !family.ports.some((port) => port.kind === other));
    promise(strange === undefined, `port kind "${kind}": its alternative "${strange ?? ""}" has no requirement of its own`);
    promise(portKind(kind) === kind, `port kind "${kind}" must not end in a number`);
    promise(
      Number.isInteger(minimum) && Number.isInteger(maximum) && 0 <= minimum && minimum <= maximum && maximum > 0,
      `port kind "${kind}": no whole number of ports lies between ${minimum} and ${maximum}`,
    );
  }
}
