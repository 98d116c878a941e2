import { ALONG, type Direction, UPRIGHT, type WireGrid } from "./wire-grid.js";

/** A cell entered along a direction. */
export interface Step {
  readonly cell: number;
  readonly direction: Direction;
}

const STRAIGHT = 1;
const TURN = 4;
const CROSSING = 6;
const CLOSE = 1.5;

/** Cells by column and row, both ends included. */
export interface Region {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/**
 * Cheapest way for a wire of a net from any of the starts to a cell that is accepted (Lee 1961, with the A* search of Hart,
 * Nilsson and Raphael 1968): few cells, few bends, few crossings. The steps include the start; undefined when there is no way.
 *
 * @param aim holds every cell that may be accepted, when that is known
 * @param limit the most that a way may cost
 */
export function findPath(
  grid: WireGrid,
  net: number,
  starts: readonly Step[],
  accept: (step: Step) => number | undefined,
  { aim, limit = Infinity }: { readonly aim?: Region; readonly limit?: number } = {},
): readonly Step[] | undefined {
  const size = grid.columns * grid.rows * 2;
  const { costs, from, run } = grid.search();
  const queue = new Queue();
  for (const { cell, direction } of starts) {
    relax(cell * 2 + direction, 0, -1);
  }
  // An accepted cell may ask for something on top, so it goes through the queue once more before it wins.
  const FINAL = size;
  let finalState = -1;
  let finalCost = Infinity;
  for (let state = queue.pop(); state !== undefined; state = queue.pop()) {
    if (state === FINAL) break;
    const cost = costs[state] ?? Infinity;
    const cell = state >> 1;
    if (queue.cost > cost + ahead(cell) + 1e-9) continue;
    if (queue.cost > limit || queue.cost >= finalCost) break;
    const direction: Direction = (state & 1) === 0 ? ALONG : UPRIGHT;
    const bendable = grid.bendable(cell, net);
    if (bendable) {
      const extra = accept({ cell, direction });
      if (extra !== undefined && cost + extra < finalCost) {
        finalCost = cost + extra;
        finalState = state;
        queue.push(FINAL, finalCost);
      }
      relax(state ^ 1, cost + TURN, state);
    }
    const column = cell % grid.columns;
    if (direction === ALONG) {
      if (column > 0) enter(cell - 1, direction, cost, state);
      if (column < grid.columns - 1) enter(cell + 1, direction, cost, state);
    } else {
      if (cell >= grid.columns) enter(cell - grid.columns, direction, cost, state);
      if (cell + grid.columns < grid.columns * grid.rows) enter(cell + grid.columns, direction, cost, state);
    }
  }
  if (finalState < 0) return undefined;
  const steps: Step[] = [];
  for (let state = finalState; state >= 0; state = from[state] ?? -1) {
    steps.push({ cell: state >> 1, direction: (state & 1) === 0 ? ALONG : UPRIGHT });
  }
  return steps.reverse();

  /** The least that is still to be paid. */
  function ahead(cell: number): number {
    if (aim === undefined) return 0;
    const column = cell % grid.columns;
    const row = (cell - column) / grid.columns;
    return STRAIGHT * (Math.max(0, aim.left - column, column - aim.right) + Math.max(0, aim.top - row, row - aim.bottom));
  }

  function enter(cell: number, direction: Direction, cost: number, state: number): void {
    if (!grid.passable(cell, direction, net)) return;
    const across = grid.lines[direction === ALONG ? UPRIGHT : ALONG][cell] ?? 0;
    const beside = direction === ALONG ? grid.columns : 1;
    const crowd = (grid.blocked[cell - beside] ?? 0) + (grid.blocked[cell + beside] ?? 0);
    const parallel =
      Number((grid.lines[direction][cell - beside] ?? 0) !== 0) + Number((grid.lines[direction][cell + beside] ?? 0) !== 0);
    relax(
      cell * 2 + direction,
      cost + STRAIGHT + (across !== 0 && across !== net ? CROSSING : 0) + CLOSE * crowd + 0.7 * parallel,
      state,
    );
  }

  function relax(state: number, cost: number, parent: number): void {
    if (run[state] === grid.searches && cost >= (costs[state] ?? 0) - 1e-9) return;
    run[state] = grid.searches;
    costs[state] = cost;
    from[state] = parent;
    queue.push(state, cost + ahead(state >> 1));
  }
}

/** Binary heap; equal costs leave in the order in which they came, so that results never depend on chance. */
class Queue {
  readonly #items: { state: number; cost: number; order: number }[] = [];
  #count = 0;
  /** Of the state popped last. */
  cost = 0;

  push(state: number, cost: number): void {
    const items = this.#items;
    const item = { state, cost, order: this.#count++ };
    let at = items.length;
    items.push(item);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = items[parent];
      if (above === undefined || before(above, item)) break;
      items[at] = above;
      at = parent;
    }
    items[at] = item;
  }

  pop(): number | undefined {
    const items = this.#items;
    const first = items[0];
    const last = items.pop();
    if (first === undefined || last === undefined) return undefined;
    if (items.length > 0) {
      let at = 0;
      for (;;) {
        let child = 2 * at + 1;
        let least = items[child];
        const other = items[child + 1];
        if (least !== undefined && other !== undefined && before(other, least)) {
          child += 1;
          least = other;
        }
        if (least === undefined || before(last, least)) break;
        items[at] = least;
        at = child;
      }
      items[at] = last;
    }
    this.cost = first.cost;
    return first.state;
  }
}

function before(one: { cost: number; order: number }, other: { cost: number; order: number }): boolean {
  return one.cost < other.cost || (one.cost === other.cost && one.order < other.order);
}
