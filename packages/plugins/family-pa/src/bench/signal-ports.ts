import { portKind, TopogenieError, type Circuit } from "@topogenie/core";

/** One port, or two that carry a difference. */
export interface SignalPorts {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/** Ports that carry the output's power, however a drawing names them. */
export function outputPorts(circuit: Circuit): readonly string[] {
  for (const kind of ["VOUT", "IOUT"]) {
    const found = circuit.ports.filter((port) => portKind(port) === kind).sort();
    if (found.length > 0) return found;
  }
  return [];
}

/** The circuit's inputs and outputs. Throws `PA_PORTS` when it has none, or more than two, of either. */
export function signalPorts(circuit: Circuit): SignalPorts {
  const inputs = circuit.ports.filter((port) => portKind(port) === "VIN").sort();
  const outputs = outputPorts(circuit);
  for (const [kind, found] of [
    ["VIN", inputs],
    ["VOUT or IOUT", outputs],
  ] as const) {
    if (found.length < 1 || found.length > 2) {
      throw new TopogenieError(
        "PA_PORTS",
        `Circuit "${circuit.name}" has ${found.length} ${kind} ports; a power amplifier's bench needs one or two. Rename or remove ports.`,
      );
    }
  }
  return { inputs, outputs };
}
