import type { Device } from "@topogenie/core";
import { around, type Box, GRID, outward, type Point, type Side, snapped, type Turn, turned, turnedSide } from "./geometry.js";
import { type Rail, railOf } from "./rails.js";
import type { Stance } from "./stances.js";
import type { SymbolPins } from "./symbol-pins.js";

/** Where a wire meets a device. */
export interface Terminal {
  readonly pin: number;
  readonly net: string;
  /** On the grid. */
  readonly at: Point;
  readonly side: Side;
  readonly rail: Rail | undefined;
  readonly bulk: boolean;
  /** Part of a branch from supply to ground, not a gate or base. */
  readonly conducts: boolean;
}

/** A device's symbol, turned, with its place at the origin: the line along which its current flows. */
export interface DeviceDrawing {
  readonly turn: Turn;
  /** Where the symbol's own origin comes to lie. */
  readonly offset: Point;
  readonly body: Box;
  /** The lines beside the symbol: its name and its sizes. */
  readonly text: { readonly box: Box; readonly lines: readonly string[]; readonly anchor: "start" | "middle" | "end" };
  readonly terminals: readonly Terminal[];
  /** A bulk that goes to the device's own source is joined here; its path in drawing coordinates. */
  readonly tie: readonly Point[] | undefined;
  /** All of it, with the ends of its wires and its power symbols. */
  readonly extent: Box;
}

/** Widths of the type used: the name is set in 11 units, the sizes in 9, of a font no wider than this. */
export const NAME_SIZE = 11;
export const SIZE_SIZE = 9;
const CHARACTER = 0.58;
const LINE = 12;

export function textWidth(text: string, size: number): number {
  return Math.ceil(text.length * size * CHARACTER);
}

/**
 * @param mirrored left and right exchanged (for lying devices: the ends exchanged)
 * @param flagWidth room to keep at a gate for the flag that names its net; 0 where none is needed
 */
export function drawDevice(
  device: Device,
  pins: SymbolPins,
  stance: Stance,
  mirrored: boolean,
  lines: readonly string[],
  flagWidth: (net: string) => number,
): DeviceDrawing {
  const { symbol } = pins.type;
  const flip = mirrored ? -1 : 1;
  const turn: Turn =
    stance.kind === "lying" ? { a: 0, b: 1, c: -flip, d: 0 } : { a: flip, b: 0, c: 0, d: stance.inverted ? -1 : 1 };
  const axisPin = pins.type.pins[pins.axis?.[0] ?? -1]?.name;
  const axisX = (axisPin === undefined ? undefined : symbol.pins[axisPin]?.x) ?? snapped(symbol.width / 2);
  const anchor = turned(turn, { x: axisX, y: snapped(symbol.height / 2) });
  const offset = { x: -anchor.x, y: -anchor.y };
  const at = (point: Point): Point => {
    const to = turned(turn, point);
    return { x: to.x + offset.x, y: to.y + offset.y };
  };
  const corners = [at({ x: 0, y: 0 }), at({ x: symbol.width, y: symbol.height })];
  const box = around(...corners.map(({ x, y }) => ({ left: x, right: x, top: y, bottom: y })));
  const bulkTo = pins.bulk === undefined ? -1 : bulkSource(device, pins, pins.bulk);
  const placed = pins.type.pins.map((pin, index) => {
    const position = symbol.pins[pin.name] ?? { x: 0, y: 0, side: "west" as const };
    return { index, point: at(position), side: turnedSide(turn, position.side) };
  });
  const tie =
    bulkTo < 0 || pins.bulkHidden
      ? undefined
      : tiePath(placed[pins.bulk ?? -1]?.point, placed[bulkTo]?.point, stance.kind === "lying");
  const terminals = placed
    .filter(({ index }) => index !== pins.bulk || (!pins.bulkHidden && tie === undefined))
    .map(({ index, point, side }): Terminal => {
      const net = device.nets[index] ?? "";
      return {
        pin: index,
        net,
        at: { x: snapped(point.x), y: snapped(point.y) },
        side,
        rail: railOf(net),
        bulk: index === pins.bulk,
        conducts: pins.axis?.includes(index) ?? false,
      };
    });
  const ends = terminals.map(({ at: { x, y }, side, rail, net, conducts }) => {
    const out = outward(side);
    const reach = rail === undefined ? GRID + (conducts || out.x === 0 ? 0 : flagWidth(net)) : 2 * GRID;
    const [toX, toY] = [x + out.x * reach, y + out.y * reach];
    const wide = rail === undefined ? 0 : GRID;
    return {
      left: toX - wide,
      right: toX + wide,
      top: toY - (rail === undefined ? 0 : wide / 2),
      bottom: toY + (rail === undefined ? 0 : wide / 2),
    };
  });
  const text = textBeside(box, terminals, lines, stance.kind);
  return { turn, offset, body: box, text, terminals, tie, extent: around(box, text.box, ...ends) };
}

/** The axis pin on the bulk's net: the source where both are. */
function bulkSource(device: Device, pins: SymbolPins, bulk: number): number {
  const same = (pins.axis ?? []).filter((index) => device.nets[index] === device.nets[bulk]);
  return same.find((index) => pins.type.pins[index]?.name === "S") ?? same[0] ?? -1;
}

function tiePath(from: Point | undefined, to: Point | undefined, lying: boolean): readonly Point[] | undefined {
  if (from === undefined || to === undefined) return undefined;
  return lying ? [from, { x: to.x, y: from.y }, to] : [from, { x: from.x, y: to.y }, to];
}

/** Beside the symbol where no wire leaves it: right, left, below or above, in that order. */
function textBeside(
  body: Box,
  terminals: readonly Terminal[],
  lines: readonly string[],
  kind: Stance["kind"],
): DeviceDrawing["text"] {
  const width = Math.max(...lines.map((line, index) => textWidth(line, index === 0 ? NAME_SIZE : SIZE_SIZE)));
  const height = lines.length * LINE;
  const used = (side: Side) => terminals.some((terminal) => terminal.side === side);
  const middle = (body.top + body.bottom) / 2;
  const centre = (body.left + body.right) / 2;
  const beside = { top: middle - height / 2, bottom: middle + height / 2 };
  if (kind !== "block") {
    if (!used("east")) return { lines, anchor: "start", box: { left: body.right + 5, right: body.right + 5 + width, ...beside } };
    if (!used("west")) return { lines, anchor: "end", box: { left: body.left - 5 - width, right: body.left - 5, ...beside } };
    const across = { left: centre - width / 2, right: centre + width / 2 };
    if (!used("south"))
      return { lines, anchor: "middle", box: { ...across, top: body.bottom + 2, bottom: body.bottom + 2 + height } };
    if (!used("north")) return { lines, anchor: "middle", box: { ...across, top: body.top - 2 - height, bottom: body.top - 2 } };
    const right = { left: body.right + 5, right: body.right + 5 + width };
    return { lines, anchor: "start", box: { ...right, top: middle - GRID - height, bottom: middle - GRID } };
  }
  const clear = Math.max(
    body.left,
    ...terminals.filter(({ side }) => side === "south").map((terminal) => terminal.at.x + GRID * 1.5),
  );
  return {
    lines,
    anchor: "start",
    box: { left: clear, right: clear + width, top: body.bottom + 3, bottom: body.bottom + 3 + height },
  };
}
