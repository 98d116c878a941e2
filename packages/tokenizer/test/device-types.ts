import type { DeviceType } from "@topogenie/core";

const pinsByType = {
  nmos4: ["NM", "D", "G", "S", "B"],
  npn: ["NPN", "C", "B", "E"],
  resistor: ["R", "P", "N"],
  capacitor: ["C", "P", "N"],
} as const;

/** Device types as far as a tokenization scheme and the canonical form look at them. */
export const deviceTypes: ReadonlyMap<string, DeviceType> = new Map(
  Object.entries(pinsByType).map(([name, [tokenPrefix, ...pins]]) => [
    name,
    {
      name,
      tokenPrefix,
      spiceLetter: "x",
      title: name,
      pins: pins.map((pin) => ({ name: pin, title: pin })),
      interchangeablePins: name === "nmos4" ? [["D", "S"]] : name === "npn" ? [] : [["P", "N"]],
      conduction: [],
      parameters: [],
      models: [],
      toSpice: () => [],
      symbol: { width: 0, height: 0, pins: {}, strokes: [], fills: [] },
    },
  ]),
);

export function pinCount(type: string): number {
  return deviceTypes.get(type)?.pins.length ?? 0;
}
