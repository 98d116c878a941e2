import type { DeviceType } from "@topogenie/core";

/** Pins that control a transistor's current: gates and bases. A MOSFET's bulk is not counted, nothing is driven there on purpose. */
export function controlPins(type: DeviceType): ReadonlySet<number> {
  const name = type.spiceLetter === "m" ? "G" : type.spiceLetter === "q" ? "B" : undefined;
  return new Set(type.pins.flatMap((pin, index) => (pin.name === name ? [index] : [])));
}

/** Pins through which a direct current can flow. */
export function conductingPins(type: DeviceType): ReadonlySet<number> {
  const names = new Set(type.conduction.flat());
  return new Set(type.pins.flatMap((pin, index) => (names.has(pin.name) ? [index] : [])));
}
