import type { Circuit } from "@topogenie/core";
import type { Drawing, DrawnDevice, DrawnLabel, PowerSymbol, Wire } from "./drawing.js";
import { around, type Box, GRID, outward, shifted } from "./geometry.js";
import { piecesOf, placedTerminal, type PlacedTerminal } from "./net-pieces.js";
import { placeLabel } from "./place-label.js";
import { WireGrid } from "./wire-grid.js";
import { gridDistance, WirePiece } from "./wire-piece.js";

const MARGIN = 9 * GRID;

export interface Joined {
  readonly drawing: Drawing;
  /** Wires that found no way and labels that found no place. */
  readonly unwired: number;
}

/** Joins placed devices by wires, names and power symbols; what finds no way is joined by name. */
export function joinDevices(circuit: Circuit, devices: readonly DrawnDevice[], hiddenBulks: boolean): Joined {
  const empty: Box = { left: 0, right: 0, top: 0, bottom: 0 };
  const content = around(...(devices.length === 0 ? [empty] : devices.map(({ at, drawing }) => shifted(drawing.extent, at))));
  const outer = (value: number, up: boolean) =>
    up ? Math.ceil(value / GRID) * GRID + MARGIN : Math.floor(value / GRID) * GRID - MARGIN;
  const grid = new WireGrid({
    left: outer(content.left, false),
    top: outer(content.top, false),
    right: outer(content.right, true),
    bottom: outer(content.bottom, true),
  });
  for (const { at, drawing } of devices) {
    grid.block(shifted(drawing.body, at));
    grid.block(shifted(drawing.text.box, at));
  }
  const terminals = devices.flatMap(({ device, at, drawing }) =>
    drawing.terminals.map((terminal) => placedTerminal(device, terminal, at)),
  );
  const powers = terminals.filter(({ terminal }) => terminal.rail !== undefined).map((terminal) => power(grid, terminal));
  const nets = new Map<string, PlacedTerminal[]>();
  for (const placed of terminals) {
    if (placed.terminal.rail !== undefined) continue;
    const there = nets.get(placed.terminal.net);
    if (there === undefined) nets.set(placed.terminal.net, [placed]);
    else there.push(placed);
  }
  const numbers = new Map([...nets.keys()].map((net, index) => [net, index + 1]));
  for (const [net, placed] of nets) {
    for (const { at, access } of placed) {
      // Text that hangs over a pin's end gives way: the pin must be reachable.
      grid.blocked[grid.cell(access)] = 0;
      grid.reserved[grid.cell(access)] = numbers.get(net) ?? 0;
      grid.blocked[grid.cell(at)] = 1;
    }
  }
  const pieces: WirePiece[] = [];
  const labels: DrawnLabel[] = [];
  const todo = [...nets].flatMap(([net, placed]) => {
    const parts = piecesOf(placed, circuit.isPort(net));
    return parts.map((part) => ({ net, part, named: parts.length > 1 || circuit.isPort(net) || placed.length === 1 }));
  });
  const span = (part: readonly PlacedTerminal[]) => {
    const [xs, ys] = [part.map(({ access }) => access.x), part.map(({ access }) => access.y)];
    return Math.max(...xs) - Math.min(...xs) + 0.5 * (Math.max(...ys) - Math.min(...ys));
  };
  const alone = (part: readonly PlacedTerminal[]) => part.length === 1 && part.every(({ terminal }) => !terminal.conducts);
  todo.sort((one, other) => Number(alone(other.part)) - Number(alone(one.part)) || span(one.part) - span(other.part));
  const openNames: { piece: WirePiece; port: boolean }[] = [];
  let unwired = 0;
  for (const { net, part, named } of todo) {
    const made = wirePiece(grid, net, numbers.get(net) ?? 0, part);
    unwired += made.length - 1;
    pieces.push(...made);
    if (!named && made.length === 1) continue;
    for (const piece of made) {
      if (alone(part)) labels.push(placeLabel(grid, piece, circuit.isPort(net), facing(piece)));
      else openNames.push({ piece, port: circuit.isPort(net) });
    }
  }
  for (const { piece, port } of openNames) labels.push(placeLabel(grid, piece, port, wantedSide(piece, port)));
  const wires = pieces.map((piece): Wire => {
    const ends = labels.filter(({ net, at }) => net === piece.net && piece.cells.has(grid.cell(at))).map(({ at }) => at);
    return { net: piece.net, ...piece.lines(ends), muted: piece.terminals.every(({ terminal }) => terminal.bulk) };
  });
  return {
    unwired: unwired + labels.filter(({ crowded }) => crowded).length,
    drawing: {
      devices,
      wires,
      labels,
      powers,
      area: areaOf(devices, wires, labels, powers),
      unusedPorts: circuit.ports.filter((port) => (circuit.nets.get(port)?.length ?? 0) === 0),
      hiddenBulks,
    },
  };
}

/** Wires the terminals in the order of their distance from what is wired; what finds no way begins a piece of its own. */
function wirePiece(grid: WireGrid, net: string, number: number, part: readonly PlacedTerminal[]): WirePiece[] {
  const piece = new WirePiece(grid, net, number);
  const left = [...part];
  const [first] = left.splice(0, 1);
  if (first !== undefined) piece.begin(first);
  const stranded: PlacedTerminal[] = [];
  while (left.length > 0) {
    const distance = (terminal: PlacedTerminal) =>
      piece.terminals.reduce((least, other) => Math.min(least, gridDistance(terminal.access, other.access)), Infinity);
    const nearest = left.reduce(
      (best, terminal, index) => (distance(terminal) < distance(left[best] as PlacedTerminal) ? index : best),
      0,
    );
    const [terminal] = left.splice(nearest, 1);
    if (terminal !== undefined && !piece.connect(terminal)) stranded.push(terminal);
  }
  return stranded.length === 0 ? [piece] : [piece, ...wirePiece(grid, net, number, stranded)];
}

function facing(piece: WirePiece): DrawnLabel["side"] | undefined {
  const side = piece.terminals[0]?.terminal.side;
  return side === "east" || side === "west" ? side : undefined;
}

function wantedSide(piece: WirePiece, port: boolean): DrawnLabel["side"] | undefined {
  if (!port) return undefined;
  return /^V?OUT/i.test(piece.net) ? "east" : "west";
}

/** A power symbol stands upright: at a pin to the side its line turns up to the supply or down to ground. */
function power(grid: WireGrid, { terminal, at, access }: PlacedTerminal): PowerSymbol {
  const rail = terminal.rail ?? "ground";
  const sideways = terminal.side === "east" || terminal.side === "west";
  const side = sideways ? (rail === "supply" ? "north" : "south") : terminal.side;
  const out = outward(side);
  grid.block({
    left: Math.min(at.x, access.x),
    right: Math.max(at.x, access.x),
    top: Math.min(at.y, access.y),
    bottom: Math.max(at.y, access.y),
  });
  const [tipX, tipY] = [access.x + out.x * GRID, access.y + out.y * GRID];
  grid.block({ left: tipX - GRID, right: tipX + GRID, top: Math.min(access.y, tipY), bottom: Math.max(access.y, tipY) });
  return { rail, net: terminal.net, at, side: terminal.side };
}

function areaOf(
  devices: readonly DrawnDevice[],
  wires: readonly Wire[],
  labels: readonly DrawnLabel[],
  powers: readonly PowerSymbol[],
): Box {
  const points = wires.flatMap(({ segments }) => segments.flat());
  const boxes: Box[] = [
    ...devices.map(({ at, drawing }) => shifted(around(drawing.body, drawing.text.box), at)),
    ...labels.map(({ box }) => box),
    ...points.map(({ x, y }) => ({ left: x, right: x, top: y, bottom: y })),
    ...powers.map(({ at: { x, y } }) => ({ left: x - 24, right: x + 24, top: y - 28, bottom: y + 28 })),
  ];
  if (boxes.length === 0) return { left: 0, top: 0, right: 10 * GRID, bottom: 4 * GRID };
  const all = around(...boxes);
  return { left: all.left - GRID, top: all.top - GRID, right: all.right + GRID, bottom: all.bottom + GRID };
}
