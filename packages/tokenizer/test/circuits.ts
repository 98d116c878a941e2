import { Circuit } from "@topogenie/core";
import fc from "fast-check";
import { pinCount } from "./device-types.js";

/** Devices as `[type, ...nets]`, named in order. */
export function circuit(
  name: string,
  ports: readonly string[],
  ...devices: readonly (readonly [string, ...string[]])[]
): Circuit {
  return new Circuit({ name, ports, devices: devices.map(([type, ...nets], index) => ({ name: `d${index}`, type, nets })) });
}

export const commonSource = circuit(
  "common source",
  ["VSS", "VDD", "VIN1", "VOUT1"],
  ["nmos4", "VOUT1", "VIN1", "VSS", "VSS"],
  ["resistor", "VDD", "VOUT1"],
);

export const cascode = circuit(
  "cascode with a dangling capacitor",
  ["VDD", "VSS", "VIN1", "VB1", "VOUT1"],
  ["nmos4", "VOUT1", "VB1", "mid", "VSS"],
  ["nmos4", "mid", "VIN1", "VSS", "VSS"],
  ["resistor", "VDD", "VOUT1"],
  ["capacitor", "mid", "nowhere"],
  ["capacitor", "mid", "mid"],
);

export const bandgapCore = circuit(
  "bandgap core",
  ["VSS", "VOUT1"],
  ["npn", "a", "a", "VSS"],
  ["npn", "a", "a", "e"],
  ["resistor", "e", "VSS"],
  ["resistor", "VOUT1", "a"],
);

/** Connected circuits of 1 to 8 devices: each device touches VSS or a net that an earlier one touches. */
export const anyCircuit: fc.Arbitrary<Circuit> = fc
  .array(
    fc.record({
      type: fc.constantFrom("nmos4", "npn", "resistor", "capacitor"),
      anchorPin: fc.nat(3),
      anchor: fc.nat(),
      nets: fc.array(fc.constantFrom("VSS", "VDD", "VIN1", "VOUT1", "a", "b", "c", "d"), { minLength: 4, maxLength: 4 }),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((drawn) => {
    const touched = ["VSS"];
    const devices = drawn.map(({ type, anchorPin, anchor, nets }, index) => {
      const pins: string[] = nets.slice(0, pinCount(type));
      pins[anchorPin % pins.length] = touched[anchor % touched.length] as string;
      touched.push(...pins);
      return { name: `d${index}`, type, nets: pins };
    });
    const ports = ["VSS", "VDD", "VIN1", "VOUT1"].filter((port) => touched.includes(port));
    return new Circuit({ name: "drawn", ports, devices });
  });
