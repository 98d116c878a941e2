import { signalReaches } from "@topogenie/building-blocks";
import type { ElectricalRule } from "@topogenie/core";
import { portRoles } from "../bench/port-roles.js";

/** What a mixer multiplies must be there, and both factors must reach the product. */
export const mixerPorts: ElectricalRule = {
  name: "mixer-ports",
  title: "A signal input, a local oscillator and an output are there, and both inputs reach the output",
  check: (circuit, deviceTypes) => {
    const roles = portRoles(circuit);
    const named = [
      ["signal input (VRF, VIN or IIN)", roles.inputs],
      ["local oscillator (VLO or VCLK)", roles.oscillators],
      ["output (VIF, VOUT or IOUT)", roles.outputs],
    ] as const;
    const missing = named.filter(([, ports]) => ports.length === 0);
    if (missing.length > 0) {
      return missing.map(([what]) => ({ rule: "mixer-ports", message: `There is no ${what}.`, devices: [], nets: [] }));
    }
    const outputs = new Set(roles.outputs);
    return [...roles.inputs, ...roles.oscillators]
      .filter((port) => !signalReaches(circuit, deviceTypes, port, (net) => outputs.has(net)))
      .map((port) => ({
        rule: "mixer-ports",
        message: `No path through devices leads from ${port} to an output.`,
        devices: [],
        nets: [port],
      }));
  },
};
