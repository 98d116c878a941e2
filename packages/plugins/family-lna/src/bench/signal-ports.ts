import { portKind, TopogenieError, type Circuit } from "@topogenie/core";

/** One port, or two that carry a difference. */
export interface SignalPorts {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

/** The circuit's inputs and outputs. Throws `LNA_PORTS` when it has none, or more than two, of either. */
export function signalPorts(circuit: Circuit): SignalPorts {
  return { inputs: oneOrTwo(circuit, "VIN"), outputs: oneOrTwo(circuit, "VOUT") };
}

function oneOrTwo(circuit: Circuit, kind: string): readonly string[] {
  const ports = circuit.ports.filter((port) => portKind(port) === kind).sort();
  if (ports.length < 1 || ports.length > 2) {
    throw new TopogenieError(
      "LNA_PORTS",
      `Circuit "${circuit.name}" has ${ports.length} ${kind} ports; a low-noise amplifier's benches need one or two. Rename or remove ports.`,
    );
  }
  return ports;
}
