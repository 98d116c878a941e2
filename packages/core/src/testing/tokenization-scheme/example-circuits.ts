import { Circuit } from "../../circuit/circuit.js";

/** A circuit for tests of schemes: devices as `[type, ...nets]`, named in order; types of {@link exampleDeviceTypes}. */
export function exampleCircuit(
  name: string,
  ports: readonly string[],
  ...devices: readonly (readonly [string, ...string[]])[]
): Circuit {
  return new Circuit({ name, ports, devices: devices.map(([type, ...nets], index) => ({ name: `d${index}`, type, nets })) });
}

export const commonSource = exampleCircuit(
  "common source",
  ["VSS", "VDD", "VIN1", "VOUT1"],
  ["nmos4", "VOUT1", "VIN1", "VSS", "VSS"],
  ["resistor", "VDD", "VOUT1"],
);

export const differentialPair = exampleCircuit(
  "differential pair",
  ["VSS", "VDD", "VIN1", "VIN2", "VOUT1", "VB1"],
  ["nmos4", "a", "VIN1", "tail", "VSS"],
  ["nmos4", "VOUT1", "VIN2", "tail", "VSS"],
  ["nmos4", "tail", "VB1", "VSS", "VSS"],
  ["resistor", "VDD", "a"],
  ["resistor", "VDD", "VOUT1"],
  ["capacitor", "a", "VOUT1"],
);

export const oneOfEach = exampleCircuit(
  "one of each",
  ["VSS", "VDD", "VIN1", "VOUT1"],
  ["npn", "a", "b", "VSS"],
  ["inductor", "VDD", "a"],
  ["diode", "b", "VSS"],
  ["inverter", "a", "c", "VDD", "VSS"],
  ["capacitor", "VIN1", "b"],
  ["resistor", "c", "VOUT1"],
);

/** One device type each: what a grammar can do with a vocabulary of few words. */
export const transistorsAlone = exampleCircuit(
  "transistors alone",
  ["VSS", "VDD", "VIN1"],
  ["nmos4", "a", "VIN1", "VSS", "VSS"],
  ["nmos4", "VDD", "a", "a", "VSS"],
);

export const resistorsAlone = exampleCircuit(
  "resistors alone",
  ["VSS", "VIN1"],
  ["resistor", "a", "VIN1"],
  ["resistor", "VSS", "a"],
);

/** A chain of resistors, each node with a capacitor to VSS; its nets are named a while after they are opened. */
export function ladder(length: number): Circuit {
  const node = (index: number): string => (index === 0 ? "VIN1" : index === length ? "VOUT1" : `n${index}`);
  return exampleCircuit(
    `ladder of ${length}`,
    ["VSS", "VIN1", "VOUT1"],
    ...Array.from({ length }, (_, index) => ["resistor", node(index), node(index + 1)] as const),
    ...Array.from({ length }, (_, index) => ["capacitor", node(index + 1), "VSS"] as const),
  );
}
