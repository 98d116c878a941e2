import { controlPins, signalReaches } from "@topogenie/building-blocks";
import { isRail, type ElectricalRule } from "@topogenie/core";

/** An oscillator feeds some transistor's output back to its own control, or leaves it by its source and returns to it there. */
export const hasLoop: ElectricalRule = {
  name: "vco-has-loop",
  title: "Some transistor's output leads back to it",
  check: (circuit, deviceTypes) => {
    const loops = circuit.devices.some(({ type: typeName, nets }) => {
      const type = deviceTypes.get(typeName);
      if (type === undefined || !["m", "q", "x"].includes(type.spiceLetter)) return false;
      const controls = controlPins(type);
      const inputs = new Set(
        type.spiceLetter === "x" ? nets.slice(0, 1) : nets.filter((_, pin) => controls.has(pin) || pin === 2),
      );
      const outputs = type.spiceLetter === "x" ? nets.slice(1) : nets.filter((_, pin) => pin === 0 || pin === 2);
      return outputs.some(
        (net) => !isRail(net) && signalReaches(circuit, deviceTypes, net, (reached) => reached !== net && inputs.has(reached)),
      );
    });
    return loops
      ? []
      : [
          {
            rule: "vco-has-loop",
            message: "No transistor's output leads back to its own input, so nothing can oscillate.",
            devices: [],
            nets: [],
          },
        ];
  },
};
