import { type Box, GRID, overlaps, type Point } from "./geometry.js";

export type Direction = 0 | 1;
/** Along a row of the grid, or along a column. */
export const ALONG: Direction = 0;
export const UPRIGHT: Direction = 1;

/** Which cells are taken: by symbols and text, or by wires, whose nets are numbered from 1. */
export class WireGrid {
  readonly columns: number;
  readonly rows: number;
  readonly #origin: Point;
  readonly blocked: Uint8Array;
  readonly #boxes: Box[] = [];
  /** Searches for a path begun so far. */
  searches = 0;
  readonly #search: { readonly costs: Float64Array; readonly from: Int32Array; readonly run: Int32Array };
  /** Wire of which net runs through the cell, for each direction; 0 for none. */
  readonly lines: readonly [Int32Array, Int32Array];
  /** Only this net may enter: the cell is the end of one of its pins. */
  readonly reserved: Int32Array;

  constructor(area: Box) {
    this.#origin = { x: area.left, y: area.top };
    this.columns = Math.round((area.right - area.left) / GRID) + 1;
    this.rows = Math.round((area.bottom - area.top) / GRID) + 1;
    const size = this.columns * this.rows;
    this.blocked = new Uint8Array(size);
    this.lines = [new Int32Array(size), new Int32Array(size)];
    this.reserved = new Int32Array(size);
    this.#search = { costs: new Float64Array(2 * size), from: new Int32Array(2 * size), run: new Int32Array(2 * size) };
  }

  /** Scratch space for a new search, by cell and direction: what an entry holds is of this search where its `run` says so. */
  search(): { readonly costs: Float64Array; readonly from: Int32Array; readonly run: Int32Array } {
    this.searches++;
    return this.#search;
  }

  cell(point: Point): number {
    const column = Math.round((point.x - this.#origin.x) / GRID);
    const row = Math.round((point.y - this.#origin.y) / GRID);
    return row * this.columns + column;
  }

  point(cell: number): Point {
    return {
      x: this.#origin.x + (cell % this.columns) * GRID,
      y: this.#origin.y + Math.floor(cell / this.columns) * GRID,
    };
  }

  cellsIn(box: Box): number[] {
    const left = Math.max(0, Math.ceil((box.left - this.#origin.x) / GRID - 1e-9));
    const right = Math.min(this.columns - 1, Math.floor((box.right - this.#origin.x) / GRID + 1e-9));
    const top = Math.max(0, Math.ceil((box.top - this.#origin.y) / GRID - 1e-9));
    const bottom = Math.min(this.rows - 1, Math.floor((box.bottom - this.#origin.y) / GRID + 1e-9));
    const cells: number[] = [];
    for (let row = top; row <= bottom; row++) {
      for (let column = left; column <= right; column++) cells.push(row * this.columns + column);
    }
    return cells;
  }

  inside(box: Box): boolean {
    return (
      box.left >= this.#origin.x &&
      box.top >= this.#origin.y &&
      box.right <= this.#origin.x + (this.columns - 1) * GRID &&
      box.bottom <= this.#origin.y + (this.rows - 1) * GRID
    );
  }

  block(box: Box): void {
    this.#boxes.push(box);
    for (const cell of this.cellsIn(box)) this.blocked[cell] = 1;
  }

  /** Whether nothing at all is drawn in the box. */
  isFree(box: Box): boolean {
    return (
      this.inside(box) &&
      this.cellsIn(box).every(
        (cell) =>
          this.blocked[cell] === 0 &&
          this.lines[ALONG][cell] === 0 &&
          this.lines[UPRIGHT][cell] === 0 &&
          this.reserved[cell] === 0,
      )
    );
  }

  /** Whether the box touches none of the boxes that were blocked, to the last unit and not only on the grid. */
  isClear(box: Box): boolean {
    return this.#boxes.every((other) => !overlaps(box, other));
  }

  /** Whether a wire of the net may run through the cell in this direction. */
  passable(cell: number, direction: Direction, net: number): boolean {
    if (this.blocked[cell] !== 0) return false;
    const owner = this.reserved[cell] ?? 0;
    const line = this.lines[direction][cell] ?? 0;
    return (owner === 0 || owner === net) && (line === 0 || line === net);
  }

  /** Whether a wire of the net may bend, begin or end here: no other net's wire crosses. */
  bendable(cell: number, net: number): boolean {
    return this.passable(cell, ALONG, net) && this.passable(cell, UPRIGHT, net);
  }
}
