import { GROUND_PORT, SUPPLY } from "../ports.js";
import { inWords } from "./in-words.js";
import { type KnownDevice, knownDevices } from "./known-devices.js";
import type { ElectricalRule, RuleViolation } from "./rule.js";

/**
 * Nothing but a resistor, or a diode that blocks, may lie between VDD and VSS with nothing else in its current path:
 * not inductors, which carry direct current freely, alone or in series; not the channel of a transistor, nor a switch or a
 * logic output. (Capacitors carry no direct current.)
 */
export const noSupplyShort: ElectricalRule = {
  name: "no-supply-short",
  title: "The supply is not shorted",
  check: (circuit, deviceTypes) => {
    const known = knownDevices(circuit, deviceTypes);
    const violation = (devices: readonly string[], message: string): RuleViolation => ({
      rule: "no-supply-short",
      message,
      devices,
      nets: [SUPPLY, GROUND_PORT],
    });
    const short = known
      .filter((entry) => !"rl".includes(entry.type.spiceLetter) && liesAcrossSupply(entry))
      .map(({ device }) =>
        violation([device.name], `${device.name} conducts from ${SUPPLY} to ${GROUND_PORT} with nothing in its way.`),
      );
    const coils = coilsAcrossSupply(known);
    if (coils.length > 0) {
      const verb = coils.length === 1 ? "shorts" : "in series short";
      short.push(violation(coils, `${inWords(coils)} ${verb} ${SUPPLY} to ${GROUND_PORT} for direct current.`));
    }
    return short;
  },
};

function liesAcrossSupply({ device, type, conduction }: KnownDevice): boolean {
  return conduction.some(([from, to]) => {
    const [first, second] = [device.nets[from], device.nets[to]];
    if (first === SUPPLY && second === GROUND_PORT) return true;
    // A diode with its cathode on the supply blocks.
    return first === GROUND_PORT && second === SUPPLY && type.spiceLetter !== "d";
  });
}

/** Inductors on a shortest path from VDD to VSS through inductors alone. */
function coilsAcrossSupply(known: readonly KnownDevice[]): readonly string[] {
  const coils = known.filter(({ type }) => type.spiceLetter === "l").map(({ device }) => device);
  const reached = new Map<string, readonly string[]>([[SUPPLY, []]]);
  const open = [SUPPLY];
  for (let net = open.shift(); net !== undefined; net = open.shift()) {
    for (const coil of coils) {
      if (!coil.nets.includes(net)) continue;
      for (const next of coil.nets) {
        if (reached.has(next)) continue;
        reached.set(next, [...(reached.get(net) ?? []), coil.name]);
        open.push(next);
      }
    }
  }
  return reached.get(GROUND_PORT) ?? [];
}
