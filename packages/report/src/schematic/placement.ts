import { type Circuit, createRng, type Rng } from "@topogenie/core";
import type { DeviceDrawing } from "./device-drawing.js";
import { GRID, type Side } from "./geometry.js";
import type { Stances } from "./stances.js";
import type { SymmetricGroup } from "./symmetry.js";

export interface Placement {
  readonly devices: readonly { readonly x: number; readonly row: number; readonly mirrored: boolean }[];
}

/** Both ways in which a device can be drawn. */
export type DrawingPair = readonly [plain: DeviceDrawing, mirrored: DeviceDrawing];

/** Distance from row to row while places are compared; the true one is found when wires are counted. */
const ROW_PITCH = 130;
/** Beyond this a gate is joined by name, so more distance costs no more. */
export const LABEL_DISTANCE = 420;
/** So far from the middle, and no further, are inputs drawn to the left and outputs to the right. */
const PULL = 400;
const BEND = 25;
const STEP = 2 * GRID;

/** A device, or two that mirror each other, moved as one. */
interface Unit {
  readonly group: number;
  readonly left: number;
  readonly right: number | undefined;
  readonly centred: boolean;
  readonly facing: "out" | "free";
  offset: number;
  mirrored: boolean;
  row: number;
}

/**
 * Places devices from left to right by simulated annealing (Kirkpatrick, Gelatt and Vecchi 1983) on wire length, bends and
 * overlap; mirrored pairs move as one, so that symmetry holds by construction.
 */
export function placeDevices(
  circuit: Circuit,
  drawings: readonly DrawingPair[],
  stances: Stances,
  groups: readonly SymmetricGroup[],
): Placement {
  const rng = createRng("schematic");
  const attempts = Array.from(
    { length: circuit.devices.length <= 12 ? 4 : circuit.devices.length <= 24 ? 3 : 1 },
    (_, attempt) => {
      const annealer = new Annealer(circuit, drawings, stances, groups);
      return { annealer, cost: annealer.anneal(rng.fork(attempt)) };
    },
  );
  return attempts.reduce((best, attempt) => (attempt.cost < best.cost ? attempt : best)).annealer.legal();
}

interface NetPin {
  readonly device: number;
  readonly terminal: number;
  readonly conducts: boolean;
  readonly side: Side;
}

interface PlacedNet {
  readonly pins: readonly NetPin[];
  /** 1 where the net is an output, -1 where it is an input, else 0. */
  readonly flow: number;
}

interface AnnealerState {
  readonly units: readonly { readonly offset: number; readonly mirrored: boolean; readonly row: number }[];
  readonly axes: readonly number[];
}

class Annealer {
  readonly #units: Unit[] = [];
  readonly #axes: number[] = [];
  readonly #unitOf: Unit[];
  readonly #x: Float64Array;
  readonly #rows: number;
  readonly #drawings: readonly DrawingPair[];
  readonly #nets: readonly PlacedNet[];
  /** By row: branch wires that run through it from one device to another. */
  readonly #passing: readonly (readonly (readonly [upper: number, lower: number])[])[];
  readonly #rowsPassed: readonly (readonly number[])[];
  readonly #netsOf: readonly (readonly number[])[];
  readonly #netCost: Float64Array;
  readonly #rowCost: Float64Array;
  readonly #free: readonly boolean[];

  constructor(circuit: Circuit, drawings: readonly DrawingPair[], stances: Stances, groups: readonly SymmetricGroup[]) {
    this.#drawings = drawings;
    this.#rows = stances.rows;
    const owner = new Map<number, Unit>();
    const add = (unit: Unit) => {
      this.#units.push(unit);
      owner.set(unit.left, unit);
      if (unit.right !== undefined) owner.set(unit.right, unit);
    };
    const row = (device: number) => stances.of[device]?.row ?? 0;
    groups.forEach((group, index) => {
      this.#axes.push(0);
      group.pairs.forEach(([left, right], position) =>
        add({
          group: index,
          left,
          right,
          centred: false,
          facing: group.inputs && position === 0 ? "out" : "free",
          offset: 80,
          mirrored: false,
          row: row(left),
        }),
      );
      for (const device of group.centred) {
        add({
          group: index,
          left: device,
          right: undefined,
          centred: true,
          facing: "free",
          offset: 0,
          mirrored: false,
          row: row(device),
        });
      }
    });
    circuit.devices.forEach((_, device) => {
      if (owner.has(device)) return;
      this.#axes.push(0);
      add({
        group: this.#axes.length - 1,
        left: device,
        right: undefined,
        centred: true,
        facing: "free",
        offset: 0,
        mirrored: false,
        row: row(device),
      });
    });
    this.#axes.forEach((_, index) => (this.#axes[index] = Math.ceil(index / 2) * (index % 2 === 0 ? 1 : -1) * 120));
    this.#unitOf = circuit.devices.map((_, device) => owner.get(device) as Unit);
    this.#x = new Float64Array(circuit.devices.length);
    this.#free = this.#units.map((unit) => stances.of[unit.left]?.rowFree === true && unit.right === undefined && unit.centred);
    const nets = new Map<string, NetPin[]>();
    drawings.forEach(([plain], device) => {
      plain.terminals.forEach(({ net, rail, conducts, side }, terminal) => {
        if (rail !== undefined) return;
        const pins = nets.get(net);
        if (pins === undefined) nets.set(net, [{ device, terminal, conducts, side }]);
        else pins.push({ device, terminal, conducts, side });
      });
    });
    this.#nets = [...nets].map(([net, pins]) => ({ pins, flow: flowOf(circuit, net) }));
    const passing = Array.from({ length: stances.rows }, (): (readonly [number, number])[] => []);
    const rowsPassed = circuit.devices.map((): number[] => []);
    for (const { pins } of this.#nets) {
      const stacked = pins.filter(({ device, conducts }) => conducts && stances.of[device]?.kind === "stacked");
      for (const upper of stacked.filter(({ side }) => side === "south")) {
        for (const lower of stacked.filter(({ side }) => side === "north")) {
          for (let between = row(upper.device) + 1; between < row(lower.device); between++) {
            passing[between]?.push([upper.device, lower.device]);
            rowsPassed[upper.device]?.push(between);
            rowsPassed[lower.device]?.push(between);
          }
        }
      }
    }
    this.#passing = passing;
    this.#rowsPassed = rowsPassed;
    this.#netsOf = circuit.devices.map((_, device) =>
      this.#nets.flatMap(({ pins }, net) => (pins.some((pin) => pin.device === device) ? [net] : [])),
    );
    this.#netCost = new Float64Array(this.#nets.length);
    this.#rowCost = new Float64Array(this.#rows);
    this.#settle();
  }

  #settle(): void {
    for (const unit of this.#units) this.#position(unit);
    this.#nets.forEach((_, net) => (this.#netCost[net] = this.#costOfNet(net)));
    for (let row = 0; row < this.#rows; row++) this.#rowCost[row] = this.#costOfRow(row);
  }

  #position(unit: Unit): void {
    const axis = this.#axes[unit.group] ?? 0;
    this.#x[unit.left] = axis - unit.offset;
    if (unit.right !== undefined) this.#x[unit.right] = axis + unit.offset;
  }

  #mirrored(device: number): boolean {
    const unit = this.#unitOf[device] as Unit;
    return unit.right === device ? !unit.mirrored : unit.mirrored;
  }

  drawing(device: number): DeviceDrawing {
    const [plain, mirrored] = this.#drawings[device] as DrawingPair;
    return this.#mirrored(device) ? mirrored : plain;
  }

  #costOfNet(index: number): number {
    const net = this.#nets[index];
    if (net === undefined) return 0;
    const count = net.pins.length;
    const xs: number[] = [];
    const ys: number[] = [];
    for (const { device, terminal } of net.pins) {
      const at = this.drawing(device).terminals[terminal]?.at;
      xs.push((this.#x[device] ?? 0) + (at?.x ?? 0));
      ys.push((this.#unitOf[device]?.row ?? 0) * ROW_PITCH + (at?.y ?? 0));
    }
    let cost = 0;
    // A port that brings a signal in is wanted on the left, one that takes it out on the right.
    if (net.flow !== 0)
      cost -= net.flow * 0.15 * Math.max(-PULL, Math.min(PULL, net.flow > 0 ? Math.max(...xs) : Math.min(...xs)));
    if (count > 14) {
      return cost + 0.5 * (Math.max(...xs) - Math.min(...xs)) + 0.5 * (Math.max(...ys) - Math.min(...ys));
    }
    const nearest = new Float64Array(count).fill(Infinity);
    const joined = new Uint8Array(count);
    let at = 0;
    for (let added = 1; added < count; added++) {
      joined[at] = 1;
      let next = -1;
      for (let to = 0; to < count; to++) {
        if (joined[to] === 1) continue;
        const dx = Math.abs((xs[at] ?? 0) - (xs[to] ?? 0));
        const dy = Math.abs((ys[at] ?? 0) - (ys[to] ?? 0));
        const [one, other] = [net.pins[at], net.pins[to]];
        const branch = one?.conducts === true && other?.conducts === true;
        const stacked =
          branch && (one.side === "south") !== (other.side === "south") && one.side !== "east" && one.side !== "west";
        const length = dx + 0.6 * dy + (dx > 0 && dy > 0 ? BEND : 0);
        const weighted = stacked ? length + 1.5 * dx : branch ? 1.2 * length : Math.min(length, LABEL_DISTANCE);
        if (weighted < (nearest[to] ?? Infinity)) nearest[to] = weighted;
        if (next < 0 || (nearest[to] ?? Infinity) < (nearest[next] ?? Infinity)) next = to;
      }
      cost += nearest[next] ?? 0;
      at = next;
    }
    return cost;
  }

  #costOfRow(row: number): number {
    const spans: { left: number; right: number }[] = [];
    let cost = 0;
    for (let device = 0; device < this.#x.length; device++) {
      if (this.#unitOf[device]?.row !== row) continue;
      const x = this.#x[device] ?? 0;
      const { extent } = this.drawing(device);
      spans.push({ left: x + extent.left, right: x + extent.right });
      cost += 0.08 * Math.abs(x);
    }
    for (const [upper, lower] of this.#passing[row] ?? []) {
      const [from, to] = [this.#x[upper] ?? 0, this.#x[lower] ?? 0];
      if (Math.abs(from - to) <= GRID) spans.push({ left: from - GRID / 2, right: from + GRID / 2 });
    }
    spans.sort((one, other) => one.left - other.left);
    for (let one = 0; one < spans.length; one++) {
      for (let other = one + 1; other < spans.length; other++) {
        const overlap = (spans[one]?.right ?? 0) + 2 * GRID - (spans[other]?.left ?? 0);
        if (overlap <= 0) break;
        cost += 120 + 6 * overlap;
      }
    }
    return cost;
  }

  #cost(): number {
    return this.#netCost.reduce((sum, cost) => sum + cost, 0) + this.#rowCost.reduce((sum, cost) => sum + cost, 0);
  }

  /** Returns the cost of the best places found, which are then the present ones. */
  anneal(rng: Rng): number {
    if (this.#units.length < 2) return 0;
    const size = this.#x.length;
    const moves = Math.min(60_000, 6000 + 1500 * size);
    let cost = this.#cost();
    let best = cost;
    let bestState = this.#save();
    const [hot, cold] = [300, 2];
    for (let move = 0; move < moves; move++) {
      const temperature = hot * (cold / hot) ** (move / moves);
      const undo = this.#move(rng, temperature);
      if (undo === undefined) continue;
      const after = this.#cost();
      if (after <= cost || rng.uniform() < Math.exp((cost - after) / temperature)) {
        cost = after;
        if (cost < best - 1e-9) {
          best = cost;
          bestState = this.#save();
        }
      } else undo();
    }
    this.#restore(bestState);
    return best;
  }

  #save(): AnnealerState {
    return { units: this.#units.map(({ offset, mirrored, row }) => ({ offset, mirrored, row })), axes: [...this.#axes] };
  }

  #restore(state: AnnealerState): void {
    state.units.forEach((saved, index) => Object.assign(this.#units[index] as Unit, saved));
    state.axes.forEach((axis, index) => (this.#axes[index] = axis));
    this.#settle();
  }

  /** Makes one change and returns how to take it back; undefined when the change drawn is not possible. */
  #move(rng: Rng, temperature: number): (() => void) | undefined {
    const index = rng.integer(this.#units.length);
    const unit = this.#units[index] as Unit;
    const choice = rng.uniform();
    const touched = new Set<Unit>([unit]);
    const before: [Unit, number, boolean, number][] = [];
    const axesBefore: [number, number][] = [];
    const shift = () => {
      const span = Math.max(1, Math.round((temperature / 300) * 16));
      return (rng.integer(2 * span + 1) - span) * STEP;
    };
    const members = () => this.#units.filter(({ group }) => group === unit.group);
    let change: () => void;
    if (choice < 0.2 && !(unit.facing === "out")) {
      change = () => (unit.mirrored = !unit.mirrored);
    } else if (choice < 0.3 && this.#free[index] === true) {
      change = () => (unit.row = rng.integer(this.#rows));
    } else if (choice < 0.5 || unit.centred) {
      const group = members();
      for (const member of group) touched.add(member);
      let to: number;
      const kind = rng.uniform();
      const other = this.#units[rng.integer(this.#units.length)] as Unit;
      axesBefore.push([unit.group, this.#axes[unit.group] ?? 0]);
      if (kind < 0.35) to = (this.#axes[unit.group] ?? 0) + shift();
      else if (kind < 0.75) {
        const aligned = this.#aligned(unit, rng);
        if (aligned === undefined) return undefined;
        to = (this.#axes[unit.group] ?? 0) + aligned;
      } else {
        if (other.group === unit.group) return undefined;
        for (const member of this.#units) if (member.group === other.group) touched.add(member);
        axesBefore.push([other.group, this.#axes[other.group] ?? 0]);
        to = this.#axes[other.group] ?? 0;
      }
      const from = this.#axes[unit.group] ?? 0;
      change = () => {
        this.#axes[unit.group] = to;
        if (axesBefore.length > 1) this.#axes[other.group] = from;
      };
    } else if (choice < 0.85) {
      const by = rng.uniform() < 0.5 ? shift() : -(this.#aligned(unit, rng) ?? 0);
      const offset = unit.offset + by;
      if (by === 0 || (unit.facing === "out" && offset < STEP)) return undefined;
      change = () => (unit.offset = offset);
    } else {
      const others = this.#units.filter(
        (other) => other !== unit && other.row === unit.row && other.group === unit.group && !other.centred,
      );
      const other = others.length === 0 ? undefined : others[rng.integer(others.length)];
      if (other === undefined) return undefined;
      touched.add(other);
      change = () => ([unit.offset, other.offset] = [other.offset, unit.offset]);
    }
    for (const one of touched) before.push([one, one.offset, one.mirrored, one.row]);
    const nets = new Set<number>();
    const rows = new Set<number>();
    for (const one of touched) {
      for (const net of this.#netsOf[one.left] ?? []) nets.add(net);
      if (one.right !== undefined) for (const net of this.#netsOf[one.right] ?? []) nets.add(net);
      for (const device of one.right === undefined ? [one.left] : [one.left, one.right]) {
        for (const row of this.#rowsPassed[device] ?? []) rows.add(row);
      }
      rows.add(one.row);
    }
    change();
    for (const one of touched) rows.add(one.row);
    const netCosts = [...nets].map((net): [number, number] => [net, this.#netCost[net] ?? 0]);
    const rowCosts = [...rows].map((row): [number, number] => [row, this.#rowCost[row] ?? 0]);
    for (const one of touched) this.#position(one);
    for (const net of nets) this.#netCost[net] = this.#costOfNet(net);
    for (const row of rows) this.#rowCost[row] = this.#costOfRow(row);
    return () => {
      for (const [one, offset, mirrored, row] of before) Object.assign(one, { offset, mirrored, row });
      for (const [axis, x] of axesBefore) this.#axes[axis] = x;
      for (const one of touched) this.#position(one);
      for (const [net, cost] of netCosts) this.#netCost[net] = cost;
      for (const [row, cost] of rowCosts) this.#rowCost[row] = cost;
    };
  }

  /** How far to move the left device of a unit so that one of its terminals stands exactly above or below another. */
  #aligned(unit: Unit, rng: Rng): number | undefined {
    const nets = this.#netsOf[unit.left] ?? [];
    if (nets.length === 0) return undefined;
    const net = this.#nets[nets[rng.integer(nets.length)] ?? 0];
    const mine = net?.pins.find(({ device }) => device === unit.left);
    const others = net?.pins.filter(({ device }) => device !== unit.left) ?? [];
    if (mine === undefined || others.length === 0) return undefined;
    const other = others[rng.integer(others.length)];
    if (other === undefined) return undefined;
    const x = (pin: { device: number; terminal: number }) =>
      (this.#x[pin.device] ?? 0) + (this.drawing(pin.device).terminals[pin.terminal]?.at.x ?? 0);
    return x(other) - x(mine);
  }

  /** Pushes apart what still overlaps, row by row, so that no two devices touch. */
  legal(): Placement {
    const xs = [...this.#x].map((x) => Math.round(x / GRID) * GRID);
    for (let row = 0; row < this.#rows; row++) {
      const inRow = xs.flatMap((_, device) => (this.#unitOf[device]?.row === row ? [device] : []));
      const centre = (device: number) =>
        (xs[device] ?? 0) + (this.drawing(device).extent.left + this.drawing(device).extent.right) / 2;
      inRow.sort((one, other) => centre(one) - centre(other) || one - other);
      const middle = inRow.findIndex((device) => centre(device) >= 0);
      const start = middle < 0 ? inRow.length - 1 : middle;
      for (let at = start + 1; at < inRow.length; at++) this.#pushRight(xs, inRow[at - 1] as number, inRow[at] as number);
      for (let at = start - 1; at >= 0; at--) this.#pushLeft(xs, inRow[at + 1] as number, inRow[at] as number);
    }
    return {
      devices: xs.map((x, device) => ({ x, row: this.#unitOf[device]?.row ?? 0, mirrored: this.#mirrored(device) })),
    };
  }

  #pushRight(xs: number[], left: number, right: number): void {
    const needed = (xs[left] ?? 0) + this.drawing(left).extent.right + 2 * GRID - this.drawing(right).extent.left;
    xs[right] = Math.max(xs[right] ?? 0, Math.ceil(needed / GRID) * GRID);
  }

  #pushLeft(xs: number[], right: number, left: number): void {
    const needed = (xs[right] ?? 0) + this.drawing(right).extent.left - 2 * GRID - this.drawing(left).extent.right;
    xs[left] = Math.min(xs[left] ?? 0, Math.floor(needed / GRID) * GRID);
  }
}

/** 1 for outputs, -1 for inputs, 0 for what is neither. */
function flowOf(circuit: Circuit, net: string): number {
  if (!circuit.isPort(net)) return 0;
  if (/^V?OUT/i.test(net)) return 1;
  return /^(V?IN|VB|IB|VREF|VCLK|CLK|VCONT)/i.test(net) ? -1 : 0;
}
