import { setImmediate } from "node:timers/promises";
import type { Circuit, DeviceType } from "@topogenie/core";
import { layoutSchematic } from "./layout-schematic.js";
import { type DeviceSizes, sizeLine } from "./size-lines.js";
import { drawingToSvg } from "./svg.js";

export interface SchematicOptions {
  /** Written beside the symbols, as W/L or as a value. */
  readonly sizes?: DeviceSizes;
  /** For readers who cannot see the picture. Default: the circuit's name. */
  readonly title?: string;
}

/**
 * The circuit as an SVG picture that scales with its surroundings. The same circuit gives the same bytes.
 * Throws `SCHEMATIC_DEVICE_UNKNOWN` when a device's type is not in `deviceTypes`.
 */
export async function renderSchematic(
  circuit: Circuit,
  deviceTypes: ReadonlyMap<string, DeviceType>,
  options: SchematicOptions = {},
): Promise<string> {
  // A picture takes a good part of a second: whoever shows progress gets a turn before each.
  await setImmediate();
  const drawing = await layoutSchematic(circuit, deviceTypes, (index) => {
    const device = circuit.devices[index];
    if (device === undefined) return [];
    const size = sizeLine(device.name, deviceTypes.get(device.type), options.sizes ?? []);
    return size === undefined ? [device.name] : [device.name, size];
  });
  return drawingToSvg(drawing, circuit, deviceTypes, options.title ?? circuit.name);
}
