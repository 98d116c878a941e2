import { textWidth } from "./device-drawing.js";
import type { DrawnLabel } from "./drawing.js";
import { findPath, type Step } from "./find-path.js";
import { GRID, type Box, type Point } from "./geometry.js";
import { ALONG, UPRIGHT, type WireGrid } from "./wire-grid.js";
import type { WirePiece } from "./wire-piece.js";

export const LABEL_SIZE = 9;
/** A name further from its wire than this, in steps of the grid and bends, helps nobody. */
const FARTHEST = 120;

/** How far a flag or name reaches from the end of its wire. */
export function labelLength(net: string, port: boolean): number {
  return textWidth(net, LABEL_SIZE) + (port ? 16 : 6);
}

function boxAt(at: Point, side: DrawnLabel["side"], length: number): Box {
  const [near, far] = side === "east" ? [at.x, at.x + length] : [at.x - length, at.x];
  return { left: near, right: far, top: at.y - 8, bottom: at.y + 8 };
}

/** Finds the nearest free place for the piece's name, draws the wire to it and blocks the place. */
export function placeLabel(grid: WireGrid, piece: WirePiece, port: boolean, wanted: DrawnLabel["side"] | undefined): DrawnLabel {
  const length = labelLength(piece.net, port);
  const starts: Step[] = [...piece.cells]
    .filter((cell) => grid.bendable(cell, piece.number))
    .flatMap((cell) => [ALONG, UPRIGHT].map((direction) => ({ cell, direction })));
  let best: { cost: number; path: readonly Step[]; side: DrawnLabel["side"] } | undefined;
  for (const side of ["east", "west"] as const) {
    const step = side === "east" ? GRID : -GRID;
    const free = (cell: number) => {
      const at = grid.point(cell);
      const from = { x: at.x + step, y: at.y };
      return grid.isFree(boxAt(from, side, length - GRID + 4)) && grid.isClear(boxAt(at, side, length));
    };
    const accept = ({ cell, direction }: Step) => (direction === ALONG && free(cell) ? 0 : undefined);
    const path = findPath(grid, piece.number, starts, accept, { limit: FARTHEST });
    const end = path?.at(-1);
    if (path === undefined || end === undefined) continue;
    const box = boxAt(grid.point(end.cell), side, length);
    const covers = path.slice(0, -1).some(({ cell }) => {
      const { x, y } = grid.point(cell);
      return x >= box.left && x <= box.right && y >= box.top && y <= box.bottom && cell !== end.cell;
    });
    const turns = path.filter(({ direction }, index) => index > 0 && path[index - 1]?.direction !== direction).length;
    const cost = path.length + 3 * turns + (wanted !== undefined && wanted !== side ? 8 : 0) + (covers ? 1000 : 0);
    if (best === undefined || cost < best.cost) best = { cost, path, side };
  }
  const crowded = best === undefined || best.cost >= 1000;
  if (best !== undefined) piece.follow(best.path);
  const end = best?.path.at(-1)?.cell ?? [...piece.cells][0] ?? 0;
  const side = best?.side ?? "east";
  const at = grid.point(end);
  const box = boxAt(at, side, length);
  // Its tip stays open to the wire that it names.
  grid.block({ ...box, left: box.left + (side === "east" ? 1 : 0), right: box.right - (side === "west" ? 1 : 0) });
  return { net: piece.net, port, at, side, box, crowded };
}
