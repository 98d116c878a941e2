import type { Circuit, DeviceType } from "@topogenie/core";
import { type DeviceDrawing, drawDevice } from "./device-drawing.js";
import { GRID } from "./geometry.js";
import { labelLength } from "./place-label.js";
import { type Stances, stancesOf } from "./stances.js";
import { type SymbolPins, symbolPinsOf } from "./symbol-pins.js";

/** Both ways in which a device can be drawn. */
export type DrawingPair = readonly [plain: DeviceDrawing, mirrored: DeviceDrawing];

/** What every layout begins with, by device. */
export interface DeviceDrawings {
  readonly pins: readonly SymbolPins[];
  readonly stances: Stances;
  readonly drawings: readonly DrawingPair[];
  /** Some bulk goes to its usual rail and is not drawn. */
  readonly hiddenBulks: boolean;
}

/** Throws `SCHEMATIC_DEVICE_UNKNOWN` when a device's type is not among those given or it has another number of pins. */
export function deviceDrawings(
  circuit: Circuit,
  deviceTypes: ReadonlyMap<string, DeviceType>,
  texts: (device: number) => readonly string[],
): DeviceDrawings {
  const pins = symbolPinsOf(circuit, deviceTypes);
  const stances = stancesOf(circuit, pins);
  const flagWidth = flagWidths(circuit, pins);
  const drawings = circuit.devices.map((device, index): DrawingPair => {
    const [pin, stance] = [pins[index], stances.of[index]];
    if (pin === undefined || stance === undefined) throw new RangeError(`device ${index} has no stance`);
    const draw = (mirrored: boolean) => drawDevice(device, pin, stance, mirrored, texts(index), flagWidth);
    return [draw(false), draw(true)];
  });
  return { pins, stances, drawings, hiddenBulks: pins.some(({ bulkHidden }) => bulkHidden) };
}

/** Room for a flag at every gate of a port that no current flows through; half of it where gates may share one. */
function flagWidths(circuit: Circuit, pins: readonly SymbolPins[]): (net: string) => number {
  const widths = new Map<string, number>();
  for (const port of circuit.ports) {
    const at = circuit.nets.get(port) ?? [];
    if (at.some(({ device, pin }) => pins[device]?.axis?.includes(pin) ?? true)) continue;
    const length = labelLength(port, true) + GRID;
    widths.set(port, at.length > 1 ? length / 2 : length);
  }
  return (net) => widths.get(net) ?? 0;
}
