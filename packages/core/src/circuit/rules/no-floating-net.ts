import { inWords } from "./in-words.js";
import { knownDevices, mosBulk } from "./known-devices.js";
import type { ElectricalRule } from "./rule.js";

/**
 * No internal net is touched by gates, bases, logic inputs and capacitors alone: nothing would set its direct voltage.
 * Ports are driven from outside. The bulk of a MOS transistor counts as setting a voltage, through the leakage of its
 * junctions: 770 circuits of the AnalogGenie dataset have a net of bulks alone, such as a well shared by an input pair.
 *
 * Of its 3,015 circuits 340 break this rule. 300 of them, all numbered 1781 and up, have one net that ties the gates of two
 * transistors to each other and to nothing else: a PMOS pair off the rail (132), an NMOS pair off the rail (121) or a PMOS
 * pair at the rail (47). They are faults of blocks that were copied from circuit to circuit. Most of the other 40 join only
 * gates too; some are figures that leave out what biases a node between capacitors.
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
