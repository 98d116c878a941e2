import type { Circuit } from "../circuit.js";
import { isRail } from "../ports.js";
import { inWords } from "./in-words.js";
import type { ElectricalRule } from "./rule.js";

/**
 * Everything hangs together once VDD and VSS are taken away. A device between the rails alone, such as a decoupling
 * capacitor, counts as a part of its own: otherwise every circuit had endless "new" ones beside it.
 * Of the 3,015 circuits of the AnalogGenie dataset 17 break this rule: drawings with two circuits in one figure, dummies
 * and decoupling capacitors.
 */
export const oneCircuit: ElectricalRule = {
  name: "one-circuit",
  title: "Everything is one circuit once the rails are removed",
  check: (circuit) => {
    const [largest = [], ...others] = parts(circuit).sort((left, right) => right.length - left.length);
    return others.map((part) => {
      const devices = part.map((index) => circuit.devices[index]?.name ?? "");
      const nets = [...new Set(part.flatMap((index) => circuit.devices[index]?.nets ?? []))].filter((net) => !isRail(net));
      const verb = devices.length === 1 ? "is" : "are";
      const message = `${inWords(devices)} ${verb} joined to the other ${largest.length} devices by nothing but VDD and VSS.`;
      return { rule: "one-circuit", message, devices, nets };
    });
  },
};

/** Indices of devices that non-rail nets join. */
function parts(circuit: Circuit): number[][] {
  const partOf = new Map<number, number[]>(circuit.devices.map((_, index) => [index, [index]]));
  for (const [net, pins] of circuit.nets) {
    if (isRail(net)) continue;
    const [first, ...rest] = pins;
    if (first === undefined) continue;
    for (const { device } of rest) {
      const [one, other] = [partOf.get(first.device) ?? [], partOf.get(device) ?? []];
      if (one === other) continue;
      const [small, large] = one.length < other.length ? [one, other] : [other, one];
      large.push(...small);
      for (const index of small) partOf.set(index, large);
    }
  }
  return [...new Set(partOf.values())].map((part) => part.sort((left, right) => left - right));
}
