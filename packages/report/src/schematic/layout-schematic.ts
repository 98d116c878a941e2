import type { Circuit, DeviceType } from "@topogenie/core";
import type { Drawing } from "./drawing.js";
import { elkLayout } from "./elk-layout.js";
import { pairedLayout } from "./paired-layout.js";

/**
 * Places a circuit's devices on a sheet and joins them. The same circuit gives the same drawing.
 *
 * @param texts lines of text beside each device, by its index
 */
export type SchematicLayout = (
  circuit: Circuit,
  deviceTypes: ReadonlyMap<string, DeviceType>,
  texts: (device: number) => readonly string[],
) => Promise<Drawing>;

/** Circuits with more devices than this are laid out by ELK. */
export const MOST_PAIRED = 100;

export const layoutSchematic: SchematicLayout = (circuit, deviceTypes, texts) =>
  (circuit.devices.length > MOST_PAIRED ? elkLayout : pairedLayout)(circuit, deviceTypes, texts);
