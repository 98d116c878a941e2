import { portKind, SUPPLY, TopogenieError, type Circuit } from "@topogenie/core";

export interface LdoPorts {
  /** The unregulated inputs: `VDD`, `VIN#` or both. */
  readonly inputs: readonly [string, ...string[]];
  readonly reference: string;
  readonly output: string;
}

/**
 * The ports that make a regulator. Of several outputs the first is the regulated one: in circuits of the dataset the
 * others are inner nets, such as the pass device's gate. Throws `LDO_PORTS` when one is missing.
 */
export function ldoPorts(circuit: Circuit): LdoPorts {
  const of = (kind: string): string[] => circuit.ports.filter((port) => portKind(port) === kind).sort();
  const [input, ...others] = [...of("VIN"), ...of(SUPPLY)];
  const [reference] = of("VREF");
  const [output] = of("VOUT");
  const missing =
    input === undefined ? "VDD or VIN1" : reference === undefined ? "VREF1" : output === undefined ? "VOUT1" : undefined;
  if (input === undefined || reference === undefined || output === undefined) {
    throw new TopogenieError(
      "LDO_PORTS",
      `Circuit "${circuit.name}" has no port ${missing ?? ""}; a regulator's bench needs an input (VDD or VIN1), VREF1 and VOUT1.`,
    );
  }
  return { inputs: [input, ...others], reference, output };
}
