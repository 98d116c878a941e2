import { inWords } from "./in-words.js";
import { knownDevices, mosBulk } from "./known-devices.js";
import type { ElectricalRule } from "./rule.js";

/**
 * No internal net is touched by gates, bases, logic inputs and capacitors alone: nothing would set its direct voltage.
 * Ports are driven from outside. The bulk of a MOS transistor counts as setting a voltage, through the leakage of its
 * junctions: 770 circuits of the AnalogGenie dataset draw the common well of a differential pair as a net of its own.
 *
 * Of its 3,015 circuits 340 break this rule, and the rule is right: 300 of them contain one and the same op-amp, copied
 * from circuit to circuit, whose cascode gates are tied to each other and to nothing else. The others are figures that
 * leave out what biases a gate or a node between capacitors.
 */
export const noFloatingNet: ElectricalRule = {
  name: "no-floating-net",
  title: "Every net has a direct voltage",
  check: (circuit, deviceTypes) => {
    const defined = new Set(circuit.ports);
    const touching = new Map<string, Set<string>>();
    for (const { device, type, conduction } of knownDevices(circuit, deviceTypes)) {
      for (const pin of conduction.flat()) defined.add(device.nets[pin] as string);
      if (type.spiceLetter === "m") defined.add(device.nets[mosBulk] as string);
      for (const net of device.nets) touching.set(net, (touching.get(net) ?? new Set()).add(device.name));
    }
    return [...touching]
      .filter(([net]) => !defined.has(net))
      .map(([net, names]) => {
        const devices = [...names];
        const message = `Nothing sets the direct voltage of net ${net}: only gates, bases, inputs or capacitors of ${inWords(devices)} touch it.`;
        return { rule: "no-floating-net", message, devices, nets: [net] };
      });
  },
};
