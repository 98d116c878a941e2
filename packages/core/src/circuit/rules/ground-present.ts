import { GROUND_PORT } from "../ports.js";
import type { ElectricalRule } from "./rule.js";

export const groundPresent: ElectricalRule = {
  name: "ground-present",
  title: "The circuit has a ground port, VSS",
  check: (circuit) =>
    circuit.isPort(GROUND_PORT)
      ? []
      : [
          {
            rule: "ground-present",
            message: `The circuit has no port ${GROUND_PORT}, so its voltages refer to nothing.`,
            devices: [],
            nets: [GROUND_PORT],
          },
        ],
};
