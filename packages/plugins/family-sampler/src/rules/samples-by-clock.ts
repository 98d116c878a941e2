import { portKind, type ElectricalRule } from "@topogenie/core";
import { clockKinds } from "../bench/clock-phases.js";

export const samplesByClock: ElectricalRule = {
  name: "sampler-has-a-clock",
  title: "A clock port drives a gate or a logic block",
  check: (circuit, deviceTypes) => {
    const clocked = circuit.ports.some(
      (port) =>
        (clockKinds as readonly string[]).includes(portKind(port)) &&
        (circuit.nets.get(port) ?? []).some(({ device, pin }) => {
          const type = deviceTypes.get(circuit.devices[device]?.type ?? "");
          return type !== undefined && (type.spiceLetter === "x" || type.pins[pin]?.name === "G" || type.pins[pin]?.name === "B");
        }),
    );
    if (clocked) return [];
    const message = "No clock port drives a gate, a base or a logic block, so nothing decides when to sample.";
    return [{ rule: "sampler-has-a-clock", message, devices: [], nets: [] }];
  },
};
