import type { Circuit, DeviceType } from "@topogenie/core";
import { escapeHtml } from "../html/escape.js";
import { NAME_SIZE, SIZE_SIZE } from "./device-drawing.js";
import type { Drawing, DrawnDevice, DrawnLabel, PowerSymbol, Wire } from "./drawing.js";
import { GRID, outward, type Point } from "./geometry.js";
import { LABEL_SIZE } from "./place-label.js";

/** Colours follow the page's where it sets them, so that dark mode needs no second picture. */
const INK = "var(--schematic-ink,#1f2933)";
const WIRE = "var(--schematic-wire,#3b5b7a)";
const MUTED = "var(--schematic-muted,#78838f)";
const PORT = "var(--schematic-port,#9a3b00)";
const PAPER = "var(--schematic-paper,#ffffff)";

export function drawingToSvg(
  drawing: Drawing,
  circuit: Circuit,
  deviceTypes: ReadonlyMap<string, DeviceType>,
  title: string,
): string {
  const notes = [
    ...(drawing.hiddenBulks ? ["Bulks not drawn are tied to VSS (n-channel) or VDD (p-channel)."] : []),
    ...(drawing.unusedPorts.length > 0 ? [`Ports without a connection: ${drawing.unusedPorts.join(", ")}.`] : []),
  ];
  const { left, top, right, bottom } = drawing.area;
  const noteWidth = notes.reduce((most, note) => Math.max(most, note.length * 4.6 + 2 * GRID), 0);
  const width = Math.max(right - left, Math.min(noteWidth, 400));
  const height = bottom - top + notes.length * 12 + (notes.length > 0 ? 6 : 0);
  const lines = notes.map((note, index) => text({ x: left + GRID, y: bottom + 8 + 12 * index }, note, 8.5, "start", MUTED));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="schematic" role="img" viewBox="${left} ${top} ${width} ${height}" width="${width}" height="${height}" style="min-width:${Math.round(0.7 * width)}px" font-family="Helvetica,Arial,sans-serif" stroke-linecap="round" stroke-linejoin="round">`,
    `<title>${escapeHtml(`Schematic of ${title}`)}</title>`,
    `<g fill="none" stroke="${WIRE}" stroke-width="1.3">${drawing.wires.map(wirePath).join("")}</g>`,
    `<g fill="${WIRE}">${drawing.wires.flatMap(({ junctions }) => junctions.map(dot)).join("")}</g>`,
    `<g fill="none" stroke="${INK}" stroke-width="1.4">${drawing.powers.map(powerSymbol).join("")}</g>`,
    `<g stroke="${INK}" stroke-width="1.5">${drawing.devices.map((device) => deviceSymbol(device, circuit, deviceTypes)).join("")}</g>`,
    drawing.powers.map(powerName).join(""),
    drawing.devices.map((device) => deviceText(device)).join(""),
    drawing.labels.map(label).join(""),
    ...lines,
    "</svg>",
  ].join("\n");
}

function wirePath({ segments, muted }: Wire): string {
  if (segments.length === 0) return "";
  const path = segments.map(([from, to]) => `M${from.x} ${from.y}${from.x === to.x ? `V${to.y}` : `H${to.x}`}`).join("");
  return muted ? `<path d="${path}" stroke="${MUTED}" stroke-width="0.9"/>` : `<path d="${path}"/>`;
}

function dot({ x, y }: Point): string {
  return `<circle cx="${x}" cy="${y}" r="2.6"/>`;
}

function deviceSymbol(
  { at, drawing, device }: DrawnDevice,
  circuit: Circuit,
  deviceTypes: ReadonlyMap<string, DeviceType>,
): string {
  const type = deviceTypes.get(circuit.devices[device]?.type ?? "");
  if (type === undefined) return "";
  const { a, b, c, d } = drawing.turn;
  const matrix = [a, b, c, d, at.x + drawing.offset.x, at.y + drawing.offset.y].join(" ");
  const drawn = new Set(drawing.terminals.map(({ pin }) => pin));
  const loose = type.pins.flatMap((pin, index) => {
    const position = type.symbol.pins[pin.name];
    return drawn.has(index) || drawing.tie !== undefined || position === undefined ? [] : [position];
  });
  const strokes = type.symbol.strokes.filter((stroke) => !loose.some((pin) => leadsTo(stroke, pin)));
  const tie = drawing.tie?.map(({ x, y }) => `${at.x + x} ${at.y + y}`).join("L");
  return [
    `<g transform="matrix(${matrix})">`,
    `<path fill="none" d="${escapeHtml(strokes.join(""))}"/>`,
    type.symbol.fills.length > 0 ? `<path fill="${INK}" stroke="none" d="${escapeHtml(type.symbol.fills.join(""))}"/>` : "",
    "</g>",
    tie === undefined ? "" : `<path fill="none" stroke="${MUTED}" stroke-width="0.9" d="M${tie}"/>`,
  ].join("");
}

/** A stroke that is nothing but the straight lead of this pin. */
function leadsTo(stroke: string, pin: Point): boolean {
  const match = /^M\s*(-?[\d.]+)[ ,](-?[\d.]+)\s*([HV])\s*(-?[\d.]+)$/.exec(stroke.trim());
  if (match === null) return false;
  const [x, y, end] = [Number(match[1]), Number(match[2]), Number(match[4])];
  const [endX, endY] = match[3] === "H" ? [end, y] : [x, end];
  return (x === pin.x && y === pin.y) || (endX === pin.x && endY === pin.y);
}

function deviceText({ at, drawing: { text: beside } }: DrawnDevice): string {
  const x =
    at.x +
    (beside.anchor === "start"
      ? beside.box.left
      : beside.anchor === "end"
        ? beside.box.right
        : (beside.box.left + beside.box.right) / 2);
  return beside.lines
    .map((line, index) =>
      text(
        { x, y: at.y + beside.box.top + 9.5 + 12 * index },
        line,
        index === 0 ? NAME_SIZE : SIZE_SIZE,
        beside.anchor,
        index === 0 ? INK : MUTED,
      ),
    )
    .join("");
}

function label({ net, port, at, side, box }: DrawnLabel): string {
  const east = side === "east";
  if (!port) return text({ x: at.x + (east ? 3 : -3), y: at.y + 3 }, net, LABEL_SIZE, east ? "start" : "end", MUTED);
  const far = east ? box.right : box.left;
  const shoulder = at.x + (east ? 6 : -6);
  return [
    `<path fill="${PAPER}" stroke="${PORT}" stroke-width="1" d="M${at.x} ${at.y}L${shoulder} ${at.y - 7}H${far}V${at.y + 7}H${shoulder}Z"/>`,
    text({ x: shoulder + (east ? 2 : -2), y: at.y + 3.2 }, net, LABEL_SIZE, east ? "start" : "end", PORT),
  ].join("");
}

function powerSymbol({ rail, at, side }: PowerSymbol): string {
  const out = outward(side);
  const access = { x: at.x + out.x * GRID, y: at.y + out.y * GRID };
  const sideways = out.y === 0;
  const up = sideways ? (rail === "supply" ? -1 : 1) : out.y;
  const lead = `M${at.x} ${at.y}L${access.x} ${access.y}`;
  if (rail === "supply") {
    const y = sideways ? access.y + up * GRID : access.y;
    return `<path d="${lead}V${y}M${access.x - 9} ${y}H${access.x + 9}"/>`;
  }
  const y = sideways ? access.y + up * 4 : access.y - up * 4;
  const bars = [9, 5.5, 2].map((half, index) => `M${access.x - half} ${y + up * 3.5 * index}H${access.x + half}`).join("");
  return `<path d="M${at.x} ${at.y}${sideways ? `H${access.x}V${y}` : `V${y}`}${bars}"/>`;
}

function powerName({ rail, net, at, side }: PowerSymbol): string {
  if (rail !== "supply") return "";
  const out = outward(side);
  const sideways = out.y === 0;
  const x = at.x + out.x * GRID;
  const y = at.y + out.y * GRID;
  if (sideways) return text({ x, y: y - GRID - 3 }, net, 7.5, "middle", MUTED);
  return text({ x, y: out.y < 0 ? y - 3 : y + 9 }, net, 7.5, "middle", MUTED);
}

function text({ x, y }: Point, content: string, size: number, anchor: "start" | "middle" | "end", colour: string): string {
  return `<text x="${x}" y="${y}" font-size="${size}" text-anchor="${anchor}" fill="${colour}">${escapeHtml(content)}</text>`;
}
