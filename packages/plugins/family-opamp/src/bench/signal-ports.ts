import { portKind, TopogenieError, type Circuit } from "@topogenie/core";

export interface SignalPorts {
  readonly inputs: readonly [string] | readonly [string, string];
  readonly outputs: readonly [string] | readonly [string, string];
}

/** The circuit's inputs and outputs. Throws `OPAMP_PORTS` when it has none, or more than two, of either. */
export function signalPorts(circuit: Circuit): SignalPorts {
  return { inputs: oneOrTwo(circuit, "VIN"), outputs: oneOrTwo(circuit, "VOUT") };
}

function oneOrTwo(circuit: Circuit, kind: string): readonly [string] | readonly [string, string] {
  const ports = circuit.ports.filter((port) => portKind(port) === kind).sort();
  const [first, second] = ports;
  if (first === undefined || ports.length > 2) {
    throw new TopogenieError(
      "OPAMP_PORTS",
      `Circuit "${circuit.name}" has ${ports.length} ${kind} ports; an op-amp's bench needs one or two. Rename or remove ports.`,
    );
  }
  return second === undefined ? [first] : [first, second];
}
