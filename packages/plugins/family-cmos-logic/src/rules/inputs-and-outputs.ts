import { portKind, type ElectricalRule } from "@topogenie/core";
import { inputKinds, outputKinds } from "../bench/logic-bench.js";

/** Inputs and outputs come under several names, so the ports' own minimum cannot ask for one of each. */
export const inputsAndOutputs: ElectricalRule = {
  name: "cmos-logic-inputs-and-outputs",
  title: "There is a logic input and a logic output",
  check: (circuit) =>
    [
      { what: "input", kinds: inputKinds },
      { what: "output", kinds: outputKinds },
    ]
      .filter(({ kinds }) => !circuit.ports.some((port) => (kinds as readonly string[]).includes(portKind(port))))
      .map(({ what, kinds }) => ({
        rule: "cmos-logic-inputs-and-outputs",
        message: `The circuit has no logic ${what}: none of its ports is a ${kinds.join(", ")}.`,
        devices: [],
        nets: [],
      })),
};
