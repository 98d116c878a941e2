import type { DeviceDrawing } from "./device-drawing.js";
import { GRID } from "./geometry.js";
import type { Placement } from "./placement.js";

/** Tracks beyond this in one channel would push the rows too far apart; what finds no room is joined by name. */
const MOST_TRACKS = 14;

/**
 * The height of each row's middle: symbols, the power symbols at their ends, and between rows a track for each wire that has
 * to run there side by side with others.
 */
export function rowHeights(
  placement: Placement,
  drawings: readonly DeviceDrawing[],
  rows: number,
  factor: number,
): readonly number[] {
  const tops = new Float64Array(rows).fill(-3 * GRID);
  const bottoms = new Float64Array(rows).fill(3 * GRID);
  const facing = Array.from({ length: rows + 1 }, () => new Map<string, number[]>());
  placement.devices.forEach(({ x, row }, index) => {
    const drawing = drawings[index];
    if (drawing === undefined) return;
    tops[row] = Math.min(tops[row] ?? 0, drawing.extent.top);
    bottoms[row] = Math.max(bottoms[row] ?? 0, drawing.extent.bottom);
    for (const { at, net, rail, side } of drawing.terminals) {
      if (rail !== undefined) continue;
      for (const channel of side === "north" ? [row] : side === "south" ? [row + 1] : []) {
        const xs = facing[channel]?.get(net);
        if (xs === undefined) facing[channel]?.set(net, [x + at.x]);
        else xs.push(x + at.x);
      }
    }
  });
  const heights: number[] = [];
  let y = 0;
  for (let row = 0; row < rows; row++) {
    if (row > 0) {
      const tracks = Math.ceil(factor * Math.min(MOST_TRACKS, 1 + density([...(facing[row]?.values() ?? [])])));
      y += (bottoms[row - 1] ?? 0) + tracks * GRID - (tops[row] ?? 0);
    }
    heights.push(Math.ceil(y / GRID) * GRID);
  }
  return heights;
}

/** Most spans that lie over one another. */
function density(nets: readonly (readonly number[])[]): number {
  const edges = nets
    .filter((xs) => Math.min(...xs) < Math.max(...xs))
    .flatMap((xs) => [
      { x: Math.min(...xs), change: 1 },
      { x: Math.max(...xs) + GRID, change: -1 },
    ])
    .sort((one, other) => one.x - other.x || one.change - other.change);
  let [most, now] = [0, 0];
  for (const { change } of edges) {
    now += change;
    most = Math.max(most, now);
  }
  return most;
}
