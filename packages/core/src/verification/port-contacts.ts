import { SUPPLY } from "../circuit/ports.js";
import { GROUND } from "../contracts/deck.js";
import type { CircuitElements } from "../spice/device-under-test.js";

/** What a port's node touches, as far as it decides how the port must be driven. */
export interface PortContacts {
  readonly nGates: number;
  readonly pGates: number;
  readonly nBases: number;
  readonly pBases: number;
  readonly nBulks: number;
  readonly pBulks: number;
  /** Something is controlled by this node: a gate or a base. */
  readonly controls: boolean;
  /** A direct current can flow into something from this node, bases aside. */
  readonly conducts: boolean;
  /** A controlled device stands on a rail: its source or emitter is the ground (n) or the supply (p). */
  readonly atRail: boolean;
  /** The devices here take a current from above rather than send one down. */
  readonly wantsCurrentIn: boolean;
}

export function portContacts(node: string, dut: CircuitElements): PortContacts {
  const supply = dut.node(SUPPLY);
  const types = new Map(dut.models.map((model) => [model.name, model.type]));
  const count = { nGates: 0, pGates: 0, nBases: 0, pBases: 0, nBulks: 0, pBulks: 0 };
  let conducts = false;
  let atRail = false;
  let votesIn = 0;
  for (const element of dut.elements) {
    const type = types.get(element.model ?? "");
    const isN = type === "nmos" || type === "npn";
    const sign = isN ? 1 : -1;
    const [upper, control, lower, bulk] = element.nodes;
    if (element.kind !== "mosfet" && element.kind !== "bipolar") {
      if (element.kind !== "capacitor" && element.nodes.slice(0, 2).includes(node)) conducts = true;
      continue;
    }
    const ends = [upper, lower];
    if (control === node) {
      if (element.kind === "mosfet") count[isN ? "nGates" : "pGates"]++;
      else count[isN ? "nBases" : "pBases"]++;
      const rails = isN ? [GROUND] : [supply];
      // A channel may be drawn either way up.
      if (rails.includes(lower ?? "") || (element.kind === "mosfet" && rails.includes(upper ?? ""))) atRail = true;
    }
    if (bulk === node) count[isN ? "nBulks" : "pBulks"]++;
    if (ends.includes(node)) conducts = true;
    // Joined to its own gate or base, a device decides alone; else a drain takes current in and a source sends it down.
    if (ends.includes(node) && control === node) votesIn += 10 * sign;
    else if (upper === node && lower !== node) votesIn += sign;
    else if (lower === node && upper !== node) votesIn -= sign;
  }
  const controls = count.nGates + count.pGates + count.nBases + count.pBases > 0;
  return { ...count, controls, conducts, atRail, wantsCurrentIn: votesIn >= 0 };
}
