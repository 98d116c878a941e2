import { inWords } from "./in-words.js";
import type { ElectricalRule } from "./rule.js";

/** Every internal net joins at least two pins of at least two devices. */
export const noDanglingNet: ElectricalRule = {
  name: "no-dangling-net",
  title: "Every internal net joins two devices",
  check: (circuit) => {
    const ports = new Set(circuit.ports);
    return [...circuit.nets].flatMap(([net, pins]) => {
      if (ports.has(net)) return [];
      const devices = [...new Set(pins.map((pin) => circuit.devices[pin.device]?.name ?? ""))];
      if (devices.length > 1) return [];
      const message =
        pins.length === 1
          ? `Net ${net} ends at one pin of ${inWords(devices)} and goes nowhere.`
          : `Net ${net} joins ${pins.length} pins of ${inWords(devices)} to each other and goes nowhere else.`;
      return [{ rule: "no-dangling-net", message, devices, nets: [net] }];
    });
  },
};
