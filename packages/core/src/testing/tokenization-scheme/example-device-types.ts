import type { DeviceType } from "../../contracts/device-type.js";

const described = {
  nmos4: { tokenPrefix: "NM", spiceLetter: "m", pins: ["D", "G", "S", "B"], conduction: [["D", "S"]], swap: [["D", "S"]] },
  npn: { tokenPrefix: "NPN", spiceLetter: "q", pins: ["C", "B", "E"], conduction: [["C", "E"]], swap: [] },
  resistor: { tokenPrefix: "R", spiceLetter: "r", pins: ["P", "N"], conduction: [["P", "N"]], swap: [["P", "N"]] },
  capacitor: { tokenPrefix: "C", spiceLetter: "c", pins: ["P", "N"], conduction: [], swap: [["P", "N"]] },
  inductor: { tokenPrefix: "L", spiceLetter: "l", pins: ["P", "N"], conduction: [["P", "N"]], swap: [["P", "N"]] },
  diode: { tokenPrefix: "DIO", spiceLetter: "d", pins: ["P", "N"], conduction: [["P", "N"]], swap: [] },
  inverter: {
    tokenPrefix: "INV",
    spiceLetter: "x",
    pins: ["A", "Q", "VDD", "VSS"],
    conduction: [
      ["VDD", "Q"],
      ["Q", "VSS"],
    ],
    swap: [],
  },
} as const;

/** Device types as far as a tokenization scheme, the rules and the canonical form look at them. */
export const exampleDeviceTypes: ReadonlyMap<string, DeviceType> = new Map(
  Object.entries(described).map(([name, { tokenPrefix, spiceLetter, pins, conduction, swap }]) => [
    name,
    {
      name,
      tokenPrefix,
      spiceLetter,
      title: name,
      pins: pins.map((pin) => ({ name: pin, title: pin })),
      interchangeablePins: swap,
      conduction,
      parameters: [],
      models: [],
      toSpice: () => [],
      symbol: { width: 0, height: 0, pins: {}, strokes: [], fills: [] },
    },
  ]),
);
