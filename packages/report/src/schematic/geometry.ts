/** Everything is drawn on a grid of this many units; wires run on its lines. */
export const GRID = 10;

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export type Side = "north" | "south" | "east" | "west";

/** Linear part of an SVG matrix: `x' = a x + c y`, `y' = b x + d y`. */
export interface Turn {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
}

export function turned(turn: Turn, point: Point): Point {
  return { x: turn.a * point.x + turn.c * point.y, y: turn.b * point.x + turn.d * point.y };
}

const outwards: Readonly<Record<Side, Point>> = {
  north: { x: 0, y: -1 },
  south: { x: 0, y: 1 },
  east: { x: 1, y: 0 },
  west: { x: -1, y: 0 },
};

export function outward(side: Side): Point {
  return outwards[side];
}

export function turnedSide(turn: Turn, side: Side): Side {
  const to = turned(turn, outwards[side]);
  if (to.x > 0) return "east";
  if (to.x < 0) return "west";
  return to.y > 0 ? "south" : "north";
}

export function shifted(box: Box, by: Point): Box {
  return { left: box.left + by.x, top: box.top + by.y, right: box.right + by.x, bottom: box.bottom + by.y };
}

export function around(...boxes: readonly Box[]): Box {
  return {
    left: Math.min(...boxes.map((box) => box.left)),
    top: Math.min(...boxes.map((box) => box.top)),
    right: Math.max(...boxes.map((box) => box.right)),
    bottom: Math.max(...boxes.map((box) => box.bottom)),
  };
}

export function overlaps(one: Box, other: Box): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

export function snapped(value: number): number {
  return Math.round(value / GRID) * GRID;
}
