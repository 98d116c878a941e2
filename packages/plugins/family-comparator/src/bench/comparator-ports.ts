import { portKind, TopogenieError, type Circuit } from "@topogenie/core";

/** Kinds of ports that a clock drives, and whether it is the clock itself or its complement. */
const clockKinds: ReadonlyMap<string, boolean | "by-number"> = new Map<string, boolean | "by-number">([
  ["VCLK", "by-number"],
  ["VCKL", "by-number"],
  ["VLATCH", true],
  ["VTRACK", false],
  ["VHOLD", false],
]);

export interface ComparatorPorts {
  /** Carry the difference to be decided; a second one carries its opposite half. */
  readonly inputs: readonly [string] | readonly [string, string];
  /** Held at the inputs' common mode: references, and the inputs of a second pair. */
  readonly held: readonly string[];
  readonly outputs: readonly [string] | readonly [string, string];
  readonly clocks: readonly { readonly port: string; readonly complement: boolean }[];
  readonly bias: readonly string[];
}

/**
 * Who is who among the ports. Logic outputs `LOGICQ#` count before `VOUT#`, and of more than two outputs the first two are
 * read. Throws `COMPARATOR_PORTS` when there is no input or no output.
 */
export function comparatorPorts(circuit: Circuit): ComparatorPorts {
  const of = (...kinds: string[]): string[] => circuit.ports.filter((port) => kinds.includes(portKind(port))).sort();
  const [input, opposite, ...secondPair] = of("VIN");
  const logic = of("LOGICQ");
  const [output, complement] = logic.length > 0 ? logic : of("VOUT");
  if (input === undefined || output === undefined) {
    throw new TopogenieError(
      "COMPARATOR_PORTS",
      `Circuit "${circuit.name}" has no port ${input === undefined ? "VIN1" : "VOUT1 or LOGICQ1"}; a comparator's bench needs an input and an output.`,
    );
  }
  return {
    inputs: opposite === undefined ? [input] : [input, opposite],
    held: [...secondPair, ...of("VREF")],
    outputs: complement === undefined ? [output] : [output, complement],
    clocks: of(...clockKinds.keys()).map((port) => ({ port, complement: isComplement(port) })),
    bias: of("VB", "IB", "IIN", "VCM", "VCONT", "VBB"),
  };
}

function isComplement(port: string): boolean {
  const kind = clockKinds.get(portKind(port));
  return kind === "by-number" ? Number(/\d+$/.exec(port)?.[0] ?? 1) % 2 === 0 : kind === false;
}
