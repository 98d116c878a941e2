import { portKind, type Circuit } from "@topogenie/core";

/** Ports by what they do; one port, or two that carry a difference. */
export interface PortRoles {
  readonly inputs: readonly string[];
  readonly oscillators: readonly string[];
  readonly outputs: readonly string[];
}

/**
 * Which ports are signal, local oscillator and output. Drawings name them in several ways: outputs are `VIF`, `VOUT` or `IOUT`, inputs
 * `VRF`, `VIN`, `IIN` or, in passive mixers between biased lines, `VBB`; an upconverter's output is `VRF` and its input `VIN`.
 */
export function portRoles(circuit: Circuit): PortRoles {
  const firstOf = (kinds: readonly string[]): readonly string[] => {
    for (const kind of kinds) {
      const found = circuit.ports.filter((port) => portKind(port) === kind).sort();
      if (found.length > 0) return found.slice(0, 2);
    }
    return [];
  };
  const oscillators = firstOf(["VLO", "VCLK"]);
  const outputs = firstOf(["VIF", "VOUT", "IOUT"]);
  if (outputs.length > 0) return { inputs: firstOf(["VRF", "VIN", "IIN", "VBB"]), oscillators, outputs };
  return { inputs: firstOf(["VIN", "IIN"]), oscillators, outputs: firstOf(["VRF"]) };
}
