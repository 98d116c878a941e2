import type { Terminal } from "./device-drawing.js";
import { outward, type Point, GRID } from "./geometry.js";
import { LABEL_DISTANCE } from "./arrangement.js";

/** A terminal on the sheet. */
export interface PlacedTerminal {
  readonly device: number;
  readonly terminal: Terminal;
  readonly at: Point;
  /** One step of the grid outside the symbol: where its wire is free to turn. */
  readonly access: Point;
}

export function placedTerminal(device: number, terminal: Terminal, place: Point): PlacedTerminal {
  const at = { x: place.x + terminal.at.x, y: place.y + terminal.at.y };
  const out = outward(terminal.side);
  return { device, terminal, at, access: { x: at.x + out.x * GRID, y: at.y + out.y * GRID } };
}

/** Branch nets are wired over any sensible distance; a gate further away than this is joined by name. */
const BRANCH_DISTANCE = 4 * LABEL_DISTANCE;
/** Inputs and bias ports have flags at hand, so their gates are wired only when they are neighbours. */
const FLAG_DISTANCE = 0.7 * LABEL_DISTANCE;

/** The pieces of a net that are drawn as wires each; its minimum spanning tree without the edges that are too long. */
export function piecesOf(terminals: readonly PlacedTerminal[], isPort: boolean): readonly (readonly PlacedTerminal[])[] {
  const onlyControls = terminals.every(({ terminal }) => !terminal.conducts);
  const piece = terminals.map((_, index) => index);
  const rootOf = (index: number): number => {
    let root = index;
    while (piece[root] !== undefined && piece[root] !== root) root = piece[root] ?? root;
    return root;
  };
  const edges: { one: number; other: number; length: number }[] = [];
  terminals.forEach((from, one) => {
    for (let other = one + 1; other < terminals.length; other++) {
      const to = terminals[other];
      if (to === undefined) continue;
      const length = Math.abs(from.access.x - to.access.x) + Math.abs(from.access.y - to.access.y);
      const branch = from.terminal.conducts && to.terminal.conducts;
      const limit = branch ? BRANCH_DISTANCE : isPort && onlyControls ? FLAG_DISTANCE : LABEL_DISTANCE;
      if (length <= limit) edges.push({ one, other, length });
    }
  });
  edges.sort((a, b) => a.length - b.length || a.one - b.one || a.other - b.other);
  for (const { one, other } of edges) {
    const [from, to] = [rootOf(one), rootOf(other)];
    if (from !== to) piece[Math.max(from, to)] = Math.min(from, to);
  }
  const pieces = new Map<number, PlacedTerminal[]>();
  terminals.forEach((terminal, index) => {
    const root = rootOf(index);
    const members = pieces.get(root);
    if (members === undefined) pieces.set(root, [terminal]);
    else members.push(terminal);
  });
  return [...pieces.values()];
}
