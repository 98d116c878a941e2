import { findPath, type Region, type Step } from "./find-path.js";
import { GRID, type Point } from "./geometry.js";
import type { PlacedTerminal } from "./net-pieces.js";
import { ALONG, UPRIGHT, type WireGrid } from "./wire-grid.js";

/** Of two equal ways the one that joins from the side wins, so that the two halves of a pair bend at one height. */
const UPRIGHT_END = 0.5;

const DETOUR = 120;

/** A piece of a net while it is being wired: the cells that it covers and the lines between neighbouring cells. */
export class WirePiece {
  readonly net: string;
  readonly number: number;
  readonly terminals: PlacedTerminal[] = [];
  readonly cells = new Set<number>();
  readonly #grid: WireGrid;
  readonly #links = new Set<string>();

  constructor(grid: WireGrid, net: string, number: number) {
    this.#grid = grid;
    this.net = net;
    this.number = number;
  }

  begin(terminal: PlacedTerminal): void {
    this.terminals.push(terminal);
    this.#lead(terminal);
  }

  /** Draws a wire from the terminal to this piece; false when there is no way. */
  connect(terminal: PlacedTerminal): boolean {
    const start = this.#grid.cell(terminal.access);
    if (this.cells.has(start)) {
      this.begin(terminal);
      return true;
    }
    const starts: Step[] = [ALONG, UPRIGHT].map((direction) => ({ cell: start, direction }));
    const accept = ({ cell, direction }: Step) => {
      if (!this.cells.has(cell)) return undefined;
      return direction === ALONG ? 0 : UPRIGHT_END;
    };
    const path = findPath(this.#grid, this.number, starts, accept, { aim: this.#region(), limit: this.#most(terminal) });
    if (path === undefined) return false;
    this.begin(terminal);
    this.follow(path);
    return true;
  }

  /** A wire that would wander further than this is not worth drawing. */
  #most(terminal: PlacedTerminal): number {
    const distance = this.terminals.reduce(
      (least, { access }) => Math.min(least, gridDistance(access, terminal.access)),
      Infinity,
    );
    return 3 * distance + DETOUR;
  }

  #region(): Region {
    const columns = this.#grid.columns;
    let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const cell of this.cells) {
      const [column, row] = [cell % columns, Math.floor(cell / columns)];
      [left, top] = [Math.min(left, column), Math.min(top, row)];
      [right, bottom] = [Math.max(right, column), Math.max(bottom, row)];
    }
    return { left, top, right, bottom };
  }

  follow(path: readonly Step[]): void {
    path.forEach(({ cell, direction }, index) => {
      this.cells.add(cell);
      this.#grid.lines[direction][cell] = this.number;
      const next = path[index + 1];
      if (next !== undefined && next.cell !== cell)
        this.#links.add(cell < next.cell ? `${cell} ${next.cell}` : `${next.cell} ${cell}`);
    });
  }

  #lead(terminal: PlacedTerminal): void {
    const cell = this.#grid.cell(terminal.access);
    const side = terminal.terminal.side;
    this.cells.add(cell);
    this.#grid.lines[side === "east" || side === "west" ? ALONG : UPRIGHT][cell] = this.number;
  }

  /** Straight lines as long as they go, and the points where three or more meet. */
  lines(labelEnds: readonly Point[]): { segments: (readonly [Point, Point])[]; junctions: Point[] } {
    const degree = new Map<string, { point: Point; count: number }>();
    const count = (point: Point) => {
      const key = `${point.x} ${point.y}`;
      const entry = degree.get(key);
      if (entry === undefined) degree.set(key, { point, count: 1 });
      else entry.count++;
    };
    const unit: (readonly [Point, Point])[] = [...this.#links].map((link) => {
      const [from, to] = link.split(" ").map((cell) => this.#grid.point(Number(cell))) as [Point, Point];
      return [from, to] as const;
    });
    for (const { at, access } of this.terminals) {
      unit.push(at.x < access.x || at.y < access.y ? [at, access] : [access, at]);
    }
    for (const [from, to] of unit) {
      count(from);
      count(to);
    }
    labelEnds.forEach(count);
    const junctions = [...degree.values()].filter((entry) => entry.count > 2).map(({ point }) => point);
    junctions.sort((one, other) => one.y - other.y || one.x - other.x);
    return { segments: merged(unit), junctions };
  }
}

function merged(unit: readonly (readonly [Point, Point])[]): (readonly [Point, Point])[] {
  const result: (readonly [Point, Point])[] = [];
  const runs = [
    { lines: unit.filter(([from, to]) => from.y === to.y), along: "x", across: "y" },
    { lines: unit.filter(([from, to]) => from.x === to.x), along: "y", across: "x" },
  ] as const;
  for (const { lines, along, across } of runs) {
    const sorted = [...lines].sort(([one], [other]) => one[across] - other[across] || one[along] - other[along]);
    let current: readonly [Point, Point] | undefined;
    for (const [from, to] of sorted) {
      if (current?.[1][across] === from[across] && current[1][along] >= from[along]) {
        if (to[along] > current[1][along]) current = [current[0], to];
      } else {
        if (current !== undefined) result.push(current);
        current = [from, to];
      }
    }
    if (current !== undefined) result.push(current);
  }
  return result;
}

export function gridDistance(one: Point, other: Point): number {
  return (Math.abs(one.x - other.x) + Math.abs(one.y - other.y)) / GRID;
}
