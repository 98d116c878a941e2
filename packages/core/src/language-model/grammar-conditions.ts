import { GROUND_PORT, SUPPLY } from "../circuit/ports.js";
import type { Conditions } from "../contracts/tokenization-scheme.js";
import { TopogenieError } from "../runtime/error.js";

/**
 * The ports that a sentence must touch, VSS first and VDD last; nothing when any may be touched.
 * Throws `GRAMMAR_CONDITIONS` when the vocabulary lacks one of them.
 */
export function askedPorts<Port extends { readonly name: string }>(
  ports: readonly Port[],
  conditions: Conditions,
): readonly Port[] | undefined {
  if (conditions.ports === undefined) return undefined;
  const rank = ({ name }: Port): number => (name === GROUND_PORT ? 0 : name === SUPPLY ? 2 : 1);
  return [...new Set([...conditions.ports, GROUND_PORT])]
    .map((name) => {
      const port = ports.find((known) => known.name === name);
      if (port !== undefined) return port;
      throw new TopogenieError(
        "GRAMMAR_CONDITIONS",
        `The conditions ask for port "${name}", which this vocabulary does not have.`,
      );
    })
    .sort((a, b) => rank(a) - rank(b));
}

/** Throws `GRAMMAR_LIMIT`. */
export function refuseLimit(maxTokens: number, { ports, deviceCount }: Conditions): never {
  throw new TopogenieError(
    "GRAMMAR_LIMIT",
    `No legal circuit of this vocabulary can be written in ${maxTokens} tokens` +
      (ports === undefined ? "" : ` with the ports ${[...new Set([...ports, GROUND_PORT])].join(", ")}`) +
      (deviceCount === undefined ? "" : ` and exactly ${deviceCount} devices`) +
      ". Allow more.",
  );
}
