import { signalReaches } from "@topogenie/building-blocks";
import { portKind, type ElectricalRule } from "@topogenie/core";
import { outputKinds, referenceKinds } from "../bench/pll-bench.js";

const isOutput = (net: string): boolean => (outputKinds as readonly string[]).includes(portKind(net));

export const referenceReachesOutput: ElectricalRule = {
  name: "pll-reference-reaches-output",
  title: "A reference reaches an output through devices",
  check: (circuit, deviceTypes) => {
    const references = circuit.ports.filter((port) => (referenceKinds as readonly string[]).includes(portKind(port)));
    const reached = references.some((port) =>
      signalReaches(circuit, deviceTypes, port, (net) => circuit.isPort(net) && isOutput(net)),
    );
    if (reached) return [];
    const message =
      references.length === 0
        ? `The circuit has no reference input (${referenceKinds.join(", ")}).`
        : `No path through devices leads from ${references.join(", ")} to an output (${outputKinds.join(", ")}).`;
    return [{ rule: "pll-reference-reaches-output", message, devices: [], nets: references }];
  },
};
