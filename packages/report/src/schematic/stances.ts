import type { Circuit } from "@topogenie/core";
import { netPotentials } from "./potentials.js";
import { railOf } from "./rails.js";
import type { SymbolPins } from "./symbol-pins.js";

/** How a device stands in the drawing before its place from left to right is chosen. */
export interface Stance {
  /** `stacked`: in a branch from supply to ground. `lying`: between two signals. `block`: upright, with pins all around. */
  readonly kind: "stacked" | "lying" | "block";
  /** Upside down, because its usual upper terminal is the lower one here. */
  readonly inverted: boolean;
  /** Counted from the supply, 0 on top. */
  readonly row: number;
  /** The row may be changed where that shortens wires. */
  readonly rowFree: boolean;
}

export interface Stances {
  readonly rows: number;
  readonly of: readonly Stance[];
}

/** Below this share of the supply two nets count as equally high. */
const LEVEL = 1e-6;

/** Rows by the longest path along the current: what hangs on the supply is on top, what stands on ground at the bottom. */
export function stancesOf(circuit: Circuit, pins: readonly SymbolPins[]): Stances {
  const potentials = netPotentials(circuit, pins);
  const height = (net: string) => potentials.get(net) ?? 0.5;
  const branches = circuit.devices.map((device, index) => {
    const axis = pins[index]?.axis;
    if (axis === undefined) return undefined;
    const [top, bottom] = [device.nets[axis[0]] ?? "", device.nets[axis[1]] ?? ""];
    const drop = height(top) - height(bottom);
    const onRail = railOf(top) !== undefined || railOf(bottom) !== undefined;
    if (!onRail && (Math.abs(drop) < LEVEL || pins[index]?.conducts !== true)) return undefined;
    const inverted = onRail && Math.abs(drop) < LEVEL ? railOf(top) === "ground" || railOf(bottom) === "supply" : drop < 0;
    return { index, inverted, top: inverted ? bottom : top, bottom: inverted ? top : bottom };
  });
  const stacked = branches.filter((branch) => branch !== undefined);
  const downwards = [...stacked].sort((one, other) => height(other.top) - height(one.top) || one.index - other.index);
  const reach = new Map<string, number>();
  const above = new Map<number, number>();
  for (const branch of downwards) {
    const row = railOf(branch.top) === undefined ? (reach.get(branch.top) ?? 0) : 0;
    above.set(branch.index, row);
    if (railOf(branch.bottom) === undefined) reach.set(branch.bottom, Math.max(reach.get(branch.bottom) ?? 0, row + 1));
  }
  const depth = new Map<string, number>();
  const below = new Map<number, number>();
  const upwards = [...stacked].sort((one, other) => height(one.bottom) - height(other.bottom) || one.index - other.index);
  for (const branch of upwards) {
    const rows = railOf(branch.bottom) === undefined ? (depth.get(branch.bottom) ?? 0) : 0;
    below.set(branch.index, rows);
    if (railOf(branch.top) === undefined) depth.set(branch.top, Math.max(depth.get(branch.top) ?? 0, rows + 1));
  }
  const longest = stacked.reduce((most, { index }) => Math.max(most, (above.get(index) ?? 0) + (below.get(index) ?? 0) + 1), 1);
  const rows = Math.max(longest, Math.ceil(Math.sqrt((circuit.devices.length - stacked.length) / 3)));
  const of = circuit.devices.map((device, index): Stance => {
    const branch = branches[index];
    if (branch === undefined) {
      const signals = device.nets.filter((net) => railOf(net) === undefined);
      const mean = signals.reduce((sum, net) => sum + height(net), 0) / Math.max(signals.length, 1);
      const kind = pins[index]?.axis === undefined ? "block" : "lying";
      return { kind, inverted: false, row: Math.round((1 - mean) * (rows - 1)), rowFree: true };
    }
    const first = above.get(index) ?? 0;
    const last = rows - 1 - (below.get(index) ?? 0);
    const onSupply = railOf(branch.top) === "supply";
    const onGround = railOf(branch.bottom) === "ground";
    const hangs = onSupply || (!onGround && ["pmos", "pnp"].includes(String(pins[index]?.type.models[0]?.type)));
    const row = onSupply && onGround ? Math.floor((rows - 1) / 2) : hangs ? first : last;
    return { kind: "stacked", inverted: branch.inverted, row: Math.min(Math.max(row, 0), rows - 1), rowFree: false };
  });
  return { rows, of };
}
