import { type Circuit, createRng, type Rng } from "@topogenie/core";
import { Arrangement, type Group, type Unit } from "./arrangement.js";
import type { DrawingPair } from "./device-drawings.js";
import { GRID } from "./geometry.js";
import type { Stances } from "./stances.js";
import type { SymmetricGroup } from "./symmetry.js";

export interface Placement {
  readonly devices: readonly { readonly x: number; readonly row: number; readonly mirrored: boolean }[];
}

const STEP = 2 * GRID;
const SHIFTS = [-8, -6, -4, -2, -1, 1, 2, 4, 6, 8].map((steps) => steps * GRID);
const MOST_ROUNDS = 6;
const HOT = 250;
const COLD = 2;

/**
 * Places devices from left to right by simulated annealing (Kirkpatrick, Gelatt and Vecchi 1983); mirrored pairs move as one,
 * so that symmetry holds by construction. The best of a few annealings is taken.
 */
export function placeDevices(
  circuit: Circuit,
  drawings: readonly DrawingPair[],
  stances: Stances,
  groups: readonly SymmetricGroup[],
): Placement {
  const rng = createRng("schematic");
  const size = circuit.devices.length;
  const moves = Math.min(60_000, 9000 + 1500 * size);
  const attempts = Array.from({ length: size <= 12 ? 4 : size <= 30 ? 3 : 1 }, (_, attempt) => {
    const arrangement = new Arrangement(circuit, drawings, stances, groups);
    return { arrangement, cost: anneal(arrangement, moves, rng.fork(attempt)) };
  });
  return pushedApart(attempts.reduce((best, attempt) => (attempt.cost < best.cost ? attempt : best)).arrangement, size);
}

/** Returns the cost of the best places found, which are then the arrangement's. */
function anneal(arrangement: Arrangement, moves: number, rng: Rng): number {
  let cost = arrangement.cost();
  if (arrangement.units.length < 2) return cost;
  let best = Infinity;
  let bestState = arrangement.save();
  for (let move = 0; move < moves; move++) {
    const temperature = HOT * (COLD / HOT) ** (move / moves);
    const rise = tryMove(arrangement, rng, temperature);
    if (rise === undefined) continue;
    if (rise > 0 && rng.uniform() >= Math.exp(-rise / temperature)) {
      arrangement.undo();
      continue;
    }
    cost += rise;
    // While it is hot the best is soon surpassed.
    if (move > moves / 2 && cost < best - 1e-6) {
      best = cost;
      bestState = arrangement.save();
    }
  }
  arrangement.restore(bestState);
  settle(arrangement);
  return arrangement.cost();
}

/** Takes every small move that still saves something, so that no wire keeps a jog by chance. */
function settle(arrangement: Arrangement): void {
  const better = (touched: readonly Unit[], apply: () => void) => {
    if (arrangement.change(touched, apply) < -1e-6) return true;
    arrangement.undo();
    return false;
  };
  for (let round = 0; round < MOST_ROUNDS; round++) {
    let saved = false;
    for (const unit of arrangement.units) {
      const group = arrangement.groups[unit.group] as Group;
      if (!unit.input && better([unit], () => (unit.mirrored = !unit.mirrored))) saved = true;
      for (const by of [...alignments(arrangement, unit), ...SHIFTS]) {
        if (better(group.units, () => (group.axis += by))) saved = true;
        if (!unit.centred && !(unit.input && unit.offset - by < STEP) && better([unit], () => (unit.offset -= by))) saved = true;
      }
    }
    if (!saved) return;
  }
}

/** Every way of moving a unit's left device so that one of its terminals stands exactly above or below another. */
function alignments(arrangement: Arrangement, unit: Unit): number[] {
  const moves = (arrangement.netsOf[unit.left] ?? []).flatMap((net) => {
    const pins = arrangement.nets[net]?.pins ?? [];
    const mine = pins.find(({ device }) => device === unit.left);
    if (mine === undefined || pins.length > 8) return [];
    return pins.filter(({ device }) => device !== unit.left).map((pin) => arrangement.x(pin) - arrangement.x(mine));
  });
  return [...new Set(moves)].filter((by) => by !== 0);
}

/** Makes one change drawn at random and returns by how much the cost rises; undefined when it is not possible. */
function tryMove(arrangement: Arrangement, rng: Rng, temperature: number): number | undefined {
  const unit = arrangement.units[rng.integer(arrangement.units.length)] as Unit;
  const group = arrangement.groups[unit.group] as Group;
  const choice = rng.uniform();
  const shift = () => {
    const span = Math.max(1, Math.round((temperature / HOT) * 16));
    return (rng.integer(2 * span + 1) - span) * STEP;
  };
  if (choice < 0.15) {
    if (unit.input) return undefined;
    return arrangement.change([unit], () => (unit.mirrored = !unit.mirrored));
  }
  if (unit.rowFree && choice < 0.45) {
    const row = rng.integer(arrangement.rows);
    const by = rng.uniform() < 0.7 ? (alignment(arrangement, unit, rng) ?? 0) + (rng.integer(7) - 3) * STEP : 0;
    const turn = rng.uniform() < 0.5;
    return arrangement.change([unit], () => {
      unit.row = row;
      group.axis += by;
      unit.mirrored = unit.mirrored !== turn;
    });
  }
  if (unit.centred || choice < 0.4) {
    const kind = rng.uniform();
    if (kind < 0.75) {
      const by = kind < 0.35 ? shift() : alignment(arrangement, unit, rng);
      if (by === undefined || by === 0) return undefined;
      return arrangement.change(group.units, () => (group.axis += by));
    }
    const other = arrangement.groups[rng.integer(arrangement.groups.length)] as Group;
    if (other === group) return undefined;
    return arrangement.change([...group.units, ...other.units], () => ([group.axis, other.axis] = [other.axis, group.axis]));
  }
  if (choice < 0.8) {
    const offset = unit.offset + (rng.uniform() < 0.5 ? shift() : -(alignment(arrangement, unit, rng) ?? 0));
    if (offset === unit.offset || (unit.input && offset < STEP)) return undefined;
    return arrangement.change([unit], () => (unit.offset = offset));
  }
  const others = group.units.filter((other) => other !== unit && other.row === unit.row && !other.centred);
  const other = others.length === 0 ? undefined : others[rng.integer(others.length)];
  if (other === undefined) return undefined;
  return arrangement.change([unit, other], () => ([unit.offset, other.offset] = [other.offset, unit.offset]));
}

/** How far to move the left device of a unit so that one of its terminals stands exactly above or below another. */
function alignment(arrangement: Arrangement, unit: Unit, rng: Rng): number | undefined {
  const nets = arrangement.netsOf[unit.left] ?? [];
  if (nets.length === 0) return undefined;
  const pins = arrangement.nets[nets[rng.integer(nets.length)] ?? 0]?.pins ?? [];
  const mine = pins.find(({ device }) => device === unit.left);
  const other = pins[rng.integer(pins.length)];
  return mine === undefined || other === undefined || other.device === unit.left
    ? undefined
    : arrangement.x(other) - arrangement.x(mine);
}

/** Pushes apart what still overlaps, row by row, so that no two devices touch. */
function pushedApart(arrangement: Arrangement, size: number): Placement {
  const devices = Array.from({ length: size }, (_, device) => {
    const { x, row, mirrored } = arrangement.place(device);
    return { x: Math.round(x / GRID) * GRID, row, mirrored };
  });
  const extent = (device: number) => arrangement.drawing(device).extent;
  const x = (device: number) => devices[device]?.x ?? 0;
  const move = (device: number, to: number) => Object.assign(devices[device] ?? {}, { x: to });
  for (let row = 0; row < arrangement.rows; row++) {
    const inRow = devices.flatMap((place, device) => (place.row === row ? [device] : []));
    const centre = (device: number) => x(device) + (extent(device).left + extent(device).right) / 2;
    inRow.sort((one, other) => centre(one) - centre(other) || one - other);
    const middle = inRow.findIndex((device) => centre(device) >= 0);
    const start = middle < 0 ? inRow.length - 1 : middle;
    for (let at = start + 1; at < inRow.length; at++) {
      const [left, right] = [inRow[at - 1] ?? 0, inRow[at] ?? 0];
      const needed = x(left) + extent(left).right + STEP - extent(right).left;
      move(right, Math.max(x(right), Math.ceil(needed / GRID) * GRID));
    }
    for (let at = start - 1; at >= 0; at--) {
      const [left, right] = [inRow[at] ?? 0, inRow[at + 1] ?? 0];
      const needed = x(right) + extent(right).left - STEP - extent(left).right;
      move(left, Math.min(x(left), Math.floor(needed / GRID) * GRID));
    }
  }
  return { devices };
}
