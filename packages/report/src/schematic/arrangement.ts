import { type Circuit, portKind } from "@topogenie/core";
import type { DeviceDrawing } from "./device-drawing.js";
import type { DrawingPair } from "./device-drawings.js";
import { GRID, type Side } from "./geometry.js";
import type { Stances } from "./stances.js";
import type { SymmetricGroup } from "./symmetry.js";

/** Beyond this a gate is joined by name, so that more distance costs little more. */
export const LABEL_DISTANCE = 420;
const FAR_RELIEF = 0.7;
/** Distance from row to row while places are compared; the true one is found when wires are counted. */
const ROW_PITCH = 130;
/** So far from the middle, and no further, are inputs drawn to the left and outputs to the right. */
const PULL = 400;
const BEND = 25;
/** Nets with more pins are judged by their extent: they are bias lines, joined by name. */
const MOST_TREE_PINS = 14;
const GAP = 2 * GRID;

/** A device, or two that mirror each other, moved as one. */
export interface Unit {
  readonly group: number;
  readonly left: number;
  readonly right: number | undefined;
  /** Stands on its group's axis. */
  readonly centred: boolean;
  /** An input pair, whose gates point outwards. */
  readonly input: boolean;
  readonly rowFree: boolean;
  offset: number;
  mirrored: boolean;
  row: number;
}

export interface Group {
  readonly units: Unit[];
  axis: number;
}

export interface NetPin {
  readonly device: number;
  readonly terminal: number;
  readonly conducts: boolean;
  readonly side: Side;
  /** Its wire leaves upwards or downwards. */
  readonly vertical: boolean;
}

interface PlacedNet {
  readonly pins: readonly NetPin[];
  /** 1 where the net is an output, -1 where it is an input, else 0. */
  readonly flow: number;
}

export interface Saved {
  readonly units: readonly { readonly offset: number; readonly mirrored: boolean; readonly row: number }[];
  readonly axes: readonly number[];
}

/**
 * Where every device stands and what that costs: length and bends of wires, overlap in a row, distance from the middle.
 * Costs are kept by net and by row, so that a change is judged by what it touches.
 */
export class Arrangement {
  readonly units: readonly Unit[];
  readonly groups: readonly Group[];
  readonly rows: number;
  readonly nets: readonly PlacedNet[];
  /** By device. */
  readonly netsOf: readonly (readonly number[])[];
  readonly #drawings: readonly DrawingPair[];
  readonly #unitOf: readonly Unit[];
  readonly #x: Float64Array;
  /** By row: branches that run through it from one device to another, and by device the rows that they run through. */
  readonly #passing: readonly (readonly (readonly [upper: number, lower: number])[])[];
  readonly #rowsPassed: readonly (readonly number[])[];
  readonly #netCost: Float64Array;
  readonly #rowCost: Float64Array;
  readonly #undo: (() => void)[] = [];
  // Scratch space for the cost of a net, which is worked out hundreds of thousands of times.
  readonly #xs: Float64Array;
  readonly #ys: Float64Array;
  readonly #nearest: Float64Array;
  readonly #joined: Uint8Array;

  constructor(circuit: Circuit, drawings: readonly DrawingPair[], stances: Stances, symmetric: readonly SymmetricGroup[]) {
    this.#drawings = drawings;
    this.rows = stances.rows;
    this.groups = groupsOf(circuit, stances, symmetric);
    this.units = this.groups.flatMap(({ units }) => units);
    const unitOf = new Map(
      this.units.flatMap((unit) =>
        [unit.left, ...(unit.right === undefined ? [] : [unit.right])].map((device) => [device, unit] as const),
      ),
    );
    this.#unitOf = circuit.devices.map((_, device) => unitOf.get(device) as Unit);
    this.#x = new Float64Array(circuit.devices.length);
    this.nets = netsOf(circuit, drawings);
    this.netsOf = circuit.devices.map((_, device) =>
      this.nets.flatMap(({ pins }, net) => (pins.some((pin) => pin.device === device) ? [net] : [])),
    );
    const passing = Array.from({ length: this.rows }, (): (readonly [number, number])[] => []);
    const rowsPassed = circuit.devices.map((): number[] => []);
    const row = (device: number) => stances.of[device]?.row ?? 0;
    for (const { pins } of this.nets) {
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
    this.#netCost = new Float64Array(this.nets.length);
    this.#rowCost = new Float64Array(this.rows);
    const most = this.nets.reduce((largest, { pins }) => Math.max(largest, pins.length), 1);
    [this.#xs, this.#ys, this.#nearest] = [new Float64Array(most), new Float64Array(most), new Float64Array(most)];
    this.#joined = new Uint8Array(most);
    this.#settle();
  }

  cost(): number {
    let sum = 0;
    for (const cost of this.#netCost) sum += cost;
    for (const cost of this.#rowCost) sum += cost;
    return sum;
  }

  /** Makes a change that moves these units and no others; returns by how much the cost rises. */
  change(touched: readonly Unit[], apply: () => void): number {
    const before = touched.map((unit) => ({
      unit,
      offset: unit.offset,
      mirrored: unit.mirrored,
      row: unit.row,
      group: this.groups[unit.group],
      axis: this.groups[unit.group]?.axis ?? 0,
    }));
    const rows = new Set<number>();
    const nets = new Set<number>();
    for (const unit of touched) {
      rows.add(unit.row);
      for (const device of unit.right === undefined ? [unit.left] : [unit.left, unit.right]) {
        for (const net of this.netsOf[device] ?? []) nets.add(net);
        for (const row of this.#rowsPassed[device] ?? []) rows.add(row);
      }
    }
    apply();
    for (const unit of touched) {
      rows.add(unit.row);
      this.#position(unit);
    }
    let rise = 0;
    const netCosts: number[] = [];
    const rowCosts: number[] = [];
    for (const net of nets) {
      const old = this.#netCost[net] ?? 0;
      netCosts.push(old);
      rise += (this.#netCost[net] = this.#costOfNet(net)) - old;
    }
    for (const row of rows) {
      const old = this.#rowCost[row] ?? 0;
      rowCosts.push(old);
      rise += (this.#rowCost[row] = this.#costOfRow(row)) - old;
    }
    this.#undo[0] = () => {
      for (const { unit, offset, mirrored, row, group, axis } of before) {
        unit.offset = offset;
        unit.mirrored = mirrored;
        unit.row = row;
        if (group !== undefined) group.axis = axis;
      }
      for (const unit of touched) this.#position(unit);
      let at = 0;
      for (const net of nets) this.#netCost[net] = netCosts[at++] ?? 0;
      at = 0;
      for (const row of rows) this.#rowCost[row] = rowCosts[at++] ?? 0;
    };
    return rise;
  }

  /** Takes the last change back. */
  undo(): void {
    this.#undo.pop()?.();
  }

  save(): Saved {
    return {
      units: this.units.map(({ offset, mirrored, row }) => ({ offset, mirrored, row })),
      axes: this.groups.map(({ axis }) => axis),
    };
  }

  restore(saved: Saved): void {
    saved.units.forEach((state, index) => Object.assign(this.units[index] as Unit, state));
    saved.axes.forEach((axis, index) => Object.assign(this.groups[index] as Group, { axis }));
    this.#settle();
  }

  /** Where a terminal stands from left to right. */
  x({ device, terminal }: NetPin): number {
    return (this.#x[device] ?? 0) + (this.drawing(device).terminals[terminal]?.at.x ?? 0);
  }

  place(device: number): { readonly x: number; readonly row: number; readonly mirrored: boolean } {
    return { x: this.#x[device] ?? 0, row: this.#unitOf[device]?.row ?? 0, mirrored: this.#mirrored(device) };
  }

  drawing(device: number): DeviceDrawing {
    const [plain, mirrored] = this.#drawings[device] as DrawingPair;
    return this.#mirrored(device) ? mirrored : plain;
  }

  #mirrored(device: number): boolean {
    const unit = this.#unitOf[device] as Unit;
    return unit.right === device ? !unit.mirrored : unit.mirrored;
  }

  #settle(): void {
    for (const unit of this.units) this.#position(unit);
    for (let net = 0; net < this.nets.length; net++) this.#netCost[net] = this.#costOfNet(net);
    for (let row = 0; row < this.rows; row++) this.#rowCost[row] = this.#costOfRow(row);
  }

  #position(unit: Unit): void {
    const axis = this.groups[unit.group]?.axis ?? 0;
    this.#x[unit.left] = axis - unit.offset;
    if (unit.right !== undefined) this.#x[unit.right] = axis + unit.offset;
  }

  /** Minimum spanning tree over the pins (Prim 1957); branches of current are worth more than gates, straight ones most. */
  #costOfNet(index: number): number {
    const net = this.nets[index];
    if (net === undefined) return 0;
    const { pins, flow } = net;
    const count = pins.length;
    const [xs, ys, nearest, joined] = [this.#xs, this.#ys, this.#nearest, this.#joined];
    let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
    for (let pin = 0; pin < count; pin++) {
      const { device, terminal } = pins[pin] as NetPin;
      const at = this.drawing(device).terminals[terminal]?.at;
      const x = (this.#x[device] ?? 0) + (at?.x ?? 0);
      const y = (this.#unitOf[device]?.row ?? 0) * ROW_PITCH + (at?.y ?? 0);
      xs[pin] = x;
      ys[pin] = y;
      nearest[pin] = Infinity;
      joined[pin] = 0;
      left = Math.min(left, x);
      right = Math.max(right, x);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y);
    }
    let cost = flow === 0 ? 0 : -flow * 0.15 * Math.max(-PULL, Math.min(PULL, flow > 0 ? right : left));
    if (count > MOST_TREE_PINS) return cost + 0.5 * (right - left) + 0.5 * (bottom - top);
    let at = 0;
    for (let added = 1; added < count; added++) {
      joined[at] = 1;
      const one = pins[at] as NetPin;
      let next = -1;
      for (let to = 0; to < count; to++) {
        if (joined[to] === 1) continue;
        const other = pins[to] as NetPin;
        const dx = Math.abs((xs[at] ?? 0) - (xs[to] ?? 0));
        const dy = Math.abs((ys[at] ?? 0) - (ys[to] ?? 0));
        const length = dx + 0.6 * dy + (dx > 0 && dy > 0 ? BEND : 0);
        const branch = one.conducts && other.conducts;
        const stacked = branch && one.vertical && other.vertical && one.side !== other.side;
        const weighted = stacked
          ? length + 1.5 * dx
          : branch
            ? 1.2 * length
            : length - FAR_RELIEF * Math.max(0, length - LABEL_DISTANCE);
        if (weighted < (nearest[to] ?? 0)) nearest[to] = weighted;
        if (next < 0 || (nearest[to] ?? 0) < (nearest[next] ?? 0)) next = to;
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
      cost += 0.12 * Math.abs(x);
    }
    // A wire needs less room beside it than a symbol does.
    for (const [upper, lower] of this.#passing[row] ?? []) {
      const [from, to] = [this.#x[upper] ?? 0, this.#x[lower] ?? 0];
      if (Math.abs(from - to) <= GRID) spans.push({ left: from + GRID, right: from - GRID });
    }
    spans.sort((one, other) => one.left - other.left);
    for (let one = 0; one < spans.length; one++) {
      const reach = (spans[one]?.right ?? 0) + GAP;
      for (let other = one + 1; other < spans.length; other++) {
        const overlap = reach - (spans[other]?.left ?? 0);
        if (overlap <= 0) break;
        cost += 120 + 6 * overlap;
      }
    }
    return cost;
  }
}

function groupsOf(circuit: Circuit, stances: Stances, symmetric: readonly SymmetricGroup[]): Group[] {
  const groups: Group[] = [];
  const placed = new Set<number>();
  const unit = (left: number, right: number | undefined, input: boolean): Unit => {
    placed.add(left);
    if (right !== undefined) placed.add(right);
    const stance = stances.of[left];
    return {
      group: groups.length,
      left,
      right,
      centred: right === undefined,
      input,
      rowFree: right === undefined && stance?.rowFree === true,
      offset: right === undefined ? 0 : 8 * GRID,
      mirrored: false,
      row: stance?.row ?? 0,
    };
  };
  for (const { pairs, centred, inputs } of symmetric) {
    const units = [
      ...pairs.map(([left, right], index) => unit(left, right, inputs && index === 0)),
      ...centred.map((device) => unit(device, undefined, false)),
    ];
    groups.push({ units, axis: 0 });
  }
  circuit.devices.forEach((_, device) => {
    if (!placed.has(device)) groups.push({ units: [unit(device, undefined, false)], axis: 0 });
  });
  groups.forEach((group, index) => (group.axis = Math.ceil(index / 2) * (index % 2 === 0 ? 1 : -1) * 12 * GRID));
  return groups;
}

function netsOf(circuit: Circuit, drawings: readonly DrawingPair[]): PlacedNet[] {
  const nets = new Map<string, NetPin[]>();
  drawings.forEach(([plain], device) => {
    plain.terminals.forEach(({ net, rail, conducts, side }, terminal) => {
      if (rail !== undefined) return;
      const pin = { device, terminal, conducts, side, vertical: side === "north" || side === "south" };
      const pins = nets.get(net);
      if (pins === undefined) nets.set(net, [pin]);
      else pins.push(pin);
    });
  });
  return [...nets].map(([net, pins]) => ({ pins, flow: circuit.isPort(net) ? flowOf(net) : 0 }));
}

function flowOf(port: string): number {
  const kind = portKind(port).toUpperCase();
  if (/^V?OUT/.test(kind)) return 1;
  return /^(V?IN|VREF|V?CLK|VCONT)/.test(kind) ? -1 : 0;
}
