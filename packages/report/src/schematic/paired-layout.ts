import { deviceDrawings, type DrawingPair } from "./device-drawings.js";
import type { DeviceDrawing } from "./device-drawing.js";
import type { DrawnDevice } from "./drawing.js";
import { type Joined, joinDevices } from "./join-devices.js";
import type { SchematicLayout } from "./layout-schematic.js";
import { placeDevices, type Placement } from "./placement.js";
import { rowHeights } from "./row-heights.js";
import { symmetricGroups } from "./symmetry.js";

/** Channels between rows grow by this when a wire found no way. */
const WIDER = [1, 1.5, 2.2] as const;
/** Larger circuits are drawn once: what finds no way is joined by name. */
const MOST_RETRIED = 80;

/**
 * Draws a circuit the way analog designers do: supply on top, ground at the bottom, branches of current as columns, pairs and
 * mirrors face to face, distant gates joined by name.
 */
export const pairedLayout: SchematicLayout = (circuit, deviceTypes, texts) => {
  const { pins, stances, drawings, hiddenBulks } = deviceDrawings(circuit, deviceTypes, texts);
  const placement = placeDevices(circuit, drawings, stances, symmetricGroups(circuit, pins, stances));
  let drawn: Joined | undefined;
  for (const factor of WIDER) {
    const next = joinDevices(circuit, placed(drawings, placement, stances.rows, factor), hiddenBulks);
    if (drawn === undefined || next.unwired < drawn.unwired) drawn = next;
    if (drawn.unwired === 0 || circuit.devices.length > MOST_RETRIED) break;
  }
  return Promise.resolve((drawn as Joined).drawing);
};

function placed(drawings: readonly DrawingPair[], placement: Placement, rows: number, factor: number): readonly DrawnDevice[] {
  const chosen = placement.devices.map(({ mirrored }, index) => drawings[index]?.[mirrored ? 1 : 0] as DeviceDrawing);
  const heights = rowHeights(placement, chosen, rows, factor);
  return placement.devices.map(({ x, row }, device) => {
    return { device, at: { x, y: heights[row] ?? 0 }, drawing: chosen[device] as DeviceDrawing };
  });
}
