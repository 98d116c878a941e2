import elk, { type ElkExtendedEdge, type ElkNode } from "elkjs/lib/elk.bundled.js";
import { deviceDrawings, type DrawingPair } from "./device-drawings.js";
import type { DeviceDrawing, Terminal } from "./device-drawing.js";
import type { DrawnDevice } from "./drawing.js";
import { type Box, GRID } from "./geometry.js";
import { joinDevices } from "./join-devices.js";
import type { SchematicLayout } from "./layout-schematic.js";
import { piecesOf, placedTerminal, type PlacedTerminal } from "./net-pieces.js";
import type { Stances } from "./stances.js";
import { symmetricGroups } from "./symmetry.js";

const OPTIONS = {
  "elk.algorithm": "layered",
  "elk.direction": "DOWN",
  "elk.edgeRouting": "ORTHOGONAL",
  "elk.randomSeed": "1",
  "elk.partitioning.activate": "true",
  "elk.separateConnectedComponents": "false",
  "elk.layered.nodePlacement.strategy": "BRANDES_KOEPF",
  "elk.spacing.nodeNode": String(GRID),
  "elk.spacing.edgeNode": String(GRID),
  "elk.spacing.edgeEdge": String(GRID),
  "elk.spacing.portPort": String(GRID),
  "elk.layered.spacing.nodeNodeBetweenLayers": String(GRID),
  "elk.layered.spacing.edgeNodeBetweenLayers": String(GRID),
  "elk.layered.spacing.edgeEdgeBetweenLayers": String(GRID),
};

/** Pins that are joined by wires. */
type Piece = readonly { readonly device: number; readonly terminal: { readonly pin: number } }[];

interface DrawnPin {
  readonly device: number;
  readonly terminal: Terminal;
}

/**
 * Places devices by the layered layout of ELK (Schulze, Spönemann and von Hanxleden 2014). A layer allows no edges within
 * itself, and the wires from gate to gate are such: so rows of devices alternate with layers of junctions, one for each piece
 * of a net. Laid out twice: where devices stand the first time tells which way they face and what is joined by name. Wires
 * are then sought on the grid, where they find ways around each other that ELK's own wires do not look for.
 */
export const elkLayout: SchematicLayout = async (circuit, deviceTypes, texts) => {
  const { pins, stances, drawings, hiddenBulks } = deviceDrawings(circuit, deviceTypes, texts);
  const groups = symmetricGroups(circuit, pins, stances);
  const mirrored = new Set(groups.flatMap(({ pairs }) => pairs.map(([, right]) => right)));
  const paired = new Set(groups.flatMap(({ pairs }) => pairs.flat()));
  const chosen = (device: number) => (drawings[device] as DrawingPair)[mirrored.has(device) ? 1 : 0];
  const draw = () => circuit.devices.map((_, device) => chosen(device));
  const first = await place(draw(), stances, [...terminalsByNet(unplaced(draw())).values()]);
  const pieces = [...terminalsByNet(first)].flatMap(([net, terminals]) => piecesOf(terminals, circuit.isPort(net)));
  for (const device of facingEast(first, pieces)) if (!paired.has(device)) mirrored.add(device);
  const devices = await place(draw(), stances, pieces);
  return joinDevices(circuit, devices, hiddenBulks).drawing;
};

function unplaced(drawings: readonly DeviceDrawing[]): readonly DrawnDevice[] {
  return drawings.map((drawing, device) => ({ device, drawing, at: { x: 0, y: 0 } }));
}

function terminalsByNet(devices: readonly DrawnDevice[]): Map<string, PlacedTerminal[]> {
  const nets = new Map<string, PlacedTerminal[]>();
  for (const { device, drawing, at } of devices) {
    for (const terminal of drawing.terminals) {
      if (terminal.rail !== undefined) continue;
      const there = nets.get(terminal.net);
      if (there === undefined) nets.set(terminal.net, [placedTerminal(device, terminal, at)]);
      else there.push(placedTerminal(device, terminal, at));
    }
  }
  return nets;
}

/** Devices whose gates have more to join on their right than on their left. */
function facingEast(devices: readonly DrawnDevice[], pieces: readonly (readonly PlacedTerminal[])[]): number[] {
  const pull = new Float64Array(devices.length);
  for (const piece of pieces) {
    for (const { device, terminal } of piece) {
      if (terminal.side !== "west" && terminal.side !== "east") continue;
      for (const other of piece) pull[device] = (pull[device] ?? 0) + Math.sign(other.at.x - (devices[device]?.at.x ?? 0));
    }
  }
  return devices.flatMap(({ device }) => ((pull[device] ?? 0) > 0 ? [device] : []));
}

/** One run of ELK over devices drawn so, with a junction for each piece. */
async function place(
  drawings: readonly DeviceDrawing[],
  stances: Stances,
  pieces: readonly Piece[],
): Promise<readonly DrawnDevice[]> {
  const row = (device: number) => stances.of[device]?.row ?? 0;
  const children = drawings.map((drawing, device) => deviceNode(drawing, device, row(device)));
  const edges: ElkExtendedEdge[] = [];
  const join = (from: string, to: string) => edges.push({ id: `edge ${edges.length}`, sources: [from], targets: [to] });
  pieces.forEach((pins, index) => {
    const piece = pins.map(({ device, terminal: { pin } }) => {
      return { device, terminal: drawings[device]?.terminals.find((terminal) => terminal.pin === pin) as Terminal };
    });
    if (piece.length < 2) return;
    const [one, other] = [...piece].sort((a, b) => row(a.device) - row(b.device)) as [DrawnPin, DrawnPin];
    const straight = one.terminal.side === "south" && other.terminal.side === "north";
    if (piece.length === 2 && straight && row(one.device) < row(other.device)) {
      join(portId(one.device, one.terminal), portId(other.device, other.terminal));
      return;
    }
    const channel = channelOf(piece, row);
    const id = `junction ${index}`;
    children.push(junctionNode(id, channel));
    for (const { device, terminal } of piece) {
      if (row(device) < channel) join(portId(device, terminal), `${id} above`);
      else join(`${id} below`, portId(device, terminal));
    }
  });
  const laid = await new elk.default().layout({ id: "sheet", layoutOptions: OPTIONS, children, edges });
  const nodes = new Map(laid.children?.map((node) => [node.id, node]));
  return drawings.map((drawing, device): DrawnDevice => {
    const node = nodes.get(`device ${device}`);
    if (node?.x === undefined || node.y === undefined) throw new RangeError(`ELK left device ${device} without a place`);
    const box = outline(drawing);
    return { device, drawing, at: { x: onGrid(node.x) - box.left, y: onGrid(node.y) - box.top } };
  });
}

/** The space between two rows in which a piece's wires meet: where most of its terminals point to. 0 is above all rows. */
function channelOf(piece: readonly DrawnPin[], row: (device: number) => number): number {
  const wanted = piece
    .map(({ device, terminal: { side } }) => row(device) + (side === "north" ? 0 : side === "south" ? 1 : 0.5))
    .sort((one, other) => one - other);
  const middle = wanted[wanted.length >> 1] ?? 0;
  const mean = wanted.reduce((sum, value) => sum + value, 0) / wanted.length;
  return mean > middle ? Math.ceil(middle) : Math.floor(middle);
}

/** A device's extent on the grid: a node in ELK, which runs no wires across it. */
function outline({ extent }: DeviceDrawing): Box {
  return {
    left: Math.floor(extent.left / GRID) * GRID,
    top: Math.floor(extent.top / GRID) * GRID,
    right: Math.ceil(extent.right / GRID) * GRID,
    bottom: Math.ceil(extent.bottom / GRID) * GRID,
  };
}

function portId(device: number, terminal: Terminal): string {
  return `pin ${device} ${terminal.pin}`;
}

function deviceNode(drawing: DeviceDrawing, device: number, row: number): ElkNode {
  const { left, top, right, bottom } = outline(drawing);
  const ports = drawing.terminals
    .filter(({ rail }) => rail === undefined)
    .map((terminal) => {
      const { at, side } = terminal;
      const x = side === "west" ? 0 : side === "east" ? right - left : at.x - left;
      const y = side === "north" ? 0 : side === "south" ? bottom - top : at.y - top;
      return { id: portId(device, terminal), x, y, width: 0, height: 0, layoutOptions: { "elk.port.side": side.toUpperCase() } };
    });
  return {
    id: `device ${device}`,
    width: right - left,
    height: bottom - top,
    ports,
    layoutOptions: { "elk.portConstraints": "FIXED_POS", "elk.partitioning.partition": String(2 * row + 1) },
  };
}

function junctionNode(id: string, channel: number): ElkNode {
  const port = (name: string, side: string) => {
    return { id: `${id} ${name}`, x: 0, y: 0, width: 0, height: 0, layoutOptions: { "elk.port.side": side } };
  };
  return {
    id,
    width: 0,
    height: 0,
    ports: [port("above", "NORTH"), port("below", "SOUTH")],
    layoutOptions: { "elk.portConstraints": "FIXED_POS", "elk.partitioning.partition": String(2 * channel) },
  };
}

/** Outlines are whole steps long and a step apart, so that rounding lays none on another. */
function onGrid(value: number): number {
  return Math.round(value / GRID - 1e-6) * GRID;
}
