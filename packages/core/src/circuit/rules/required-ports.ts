import type { PortRequirement } from "../../contracts/circuit-family.js";
import { portKind } from "../ports.js";
import type { ElectricalRule } from "./rule.js";

/** The ports of a family are there: of each kind, or of it and what serves as well, at least and at most as many as it says. */
export function requiredPorts(requirements: readonly PortRequirement[]): ElectricalRule {
  return {
    name: "required-ports",
    title: "The family's ports are there",
    check: (circuit) =>
      requirements.flatMap(({ kind, minimum, maximum, title, alternatives = [] }) => {
        const kinds = [kind, ...alternatives];
        const nets = circuit.ports.filter((port) => portKind(port) === kind);
        const served = circuit.ports.filter((port) => kinds.includes(portKind(port)));
        if (served.length >= minimum && nets.length <= maximum) return [];
        const wanted = minimum === maximum ? String(minimum) : `${minimum} to ${maximum}`;
        const message = `The circuit has ${nets.length} ports ${kinds.join(" or ")} (${title.toLowerCase()}), but needs ${wanted}.`;
        return [{ rule: "required-ports", message, devices: [], nets }];
      }),
  };
}
