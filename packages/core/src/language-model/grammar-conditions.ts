import { comparePorts, GROUND_PORT, portKind, SUPPLY } from "../circuit/ports.js";
import type { Conditions } from "../contracts/tokenization-scheme.js";
import { TopogenieError } from "../runtime/error.js";

/** The ports of a vocabulary that a sentence may touch, and those that it must: VSS first and VDD last. */
export interface AskedPorts<Port> {
  readonly allowed: readonly Port[];
  readonly required: readonly Port[];
}

/** How many devices a sentence may have, and whether it must have as many. */
export interface AskedDevices {
  readonly devices: number;
  readonly isExact: boolean;
}

/** Throws `GRAMMAR_CONDITIONS` when the vocabulary lacks a port that is asked for. */
export function askedPorts<Port extends { readonly name: string }>(
  ports: readonly Port[],
  conditions: Conditions,
): AskedPorts<Port> {
  const exact = conditions.ports?.map((name) => portOf(ports, name));
  const { allowed, required } =
    exact !== undefined
      ? { allowed: exact, required: exact }
      : conditions.portKinds !== undefined
        ? portsOfKinds(ports, conditions.portKinds)
        : { allowed: ports, required: [] };
  const ground = portOf(ports, GROUND_PORT);
  const rank = ({ name }: Port): number => (name === GROUND_PORT ? 0 : name === SUPPLY ? 2 : 1);
  return {
    allowed: [...new Set([ground, ...allowed])],
    required: [...new Set([ground, ...required])].sort((a, b) => rank(a) - rank(b)),
  };
}

export function askedDevices({ deviceCount }: Conditions): AskedDevices {
  if (deviceCount === undefined) return { devices: Infinity, isExact: false };
  return typeof deviceCount === "number"
    ? { devices: deviceCount, isExact: true }
    : { devices: deviceCount.atMost, isExact: false };
}

/**
 * @param required as {@link askedPorts} gives them
 * Throws `GRAMMAR_LIMIT`.
 */
export function refuseLimit(maxTokens: number, conditions: Conditions, required: readonly { readonly name: string }[]): never {
  const { devices, isExact } = askedDevices(conditions);
  const asked = [
    ...(required.length < 2 ? [] : [`the ports ${required.map(({ name }) => name).join(", ")}`]),
    ...(devices === Infinity ? [] : [`${isExact ? "exactly" : "at most"} ${devices} device${devices === 1 ? "" : "s"}`]),
  ];
  throw new TopogenieError(
    "GRAMMAR_LIMIT",
    `No legal circuit of this vocabulary can be written in ${maxTokens} tokens` +
      (asked.length === 0 ? "" : ` with ${asked.join(" and ")}`) +
      ". Allow more tokens, or ask for less.",
  );
}

function portOf<Port extends { readonly name: string }>(ports: readonly Port[], wanted: string): Port {
  const port = ports.find(({ name }) => name === wanted);
  if (port !== undefined) return port;
  throw new TopogenieError(
    "GRAMMAR_CONDITIONS",
    `The conditions ask for port "${wanted}", which this vocabulary does not have. With encode.ports: families it has the ports of every family.`,
  );
}

/** The lowest numbers of each kind: as many as it needs are required, as many as it may have are allowed. */
function portsOfKinds<Port extends { readonly name: string }>(
  ports: readonly Port[],
  kinds: NonNullable<Conditions["portKinds"]>,
): AskedPorts<Port> {
  const allowed: Port[] = [];
  const required: Port[] = [];
  for (const { kind, minimum, maximum } of kinds) {
    const known = ports.filter(({ name }) => portKind(name) === kind).sort((a, b) => comparePorts(a.name, b.name));
    if (known.length < minimum) {
      throw new TopogenieError(
        "GRAMMAR_CONDITIONS",
        `The conditions ask for ${minimum} port${minimum === 1 ? "" : "s"} of the kind ${kind}, and this vocabulary has ${known.length}.`,
      );
    }
    required.push(...known.slice(0, minimum));
    allowed.push(...known.slice(0, maximum));
  }
  return { allowed, required };
}
