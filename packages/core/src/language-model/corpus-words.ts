import type { Circuit } from "../circuit/circuit.js";
import { comparePorts, GROUND_PORT } from "../circuit/ports.js";
import type { DeviceType } from "../contracts/device-type.js";
import type { ConditionWords } from "../contracts/tokenization-scheme.js";
import { TopogenieError } from "../runtime/error.js";

/** What a vocabulary for circuits must have words for. */
export interface CorpusWords {
  /** VSS, every port seen and every port that can be asked for, sorted. */
  readonly ports: readonly string[];
  /** The types used, in the order given, each with the most devices of it that one circuit has. */
  readonly types: readonly { readonly type: DeviceType; readonly devices: number }[];
  /** The most internal nets that one circuit has. */
  readonly nets: number;
}

/**
 * Does not depend on the order of the circuits.
 * Throws `DEVICE_TYPE_UNKNOWN` when a circuit has devices of another type.
 */
export function corpusWords(
  circuits: Iterable<Circuit>,
  types: readonly DeviceType[],
  asked: Pick<ConditionWords, "ports"> = {},
): CorpusWords {
  const ports = new Set([GROUND_PORT, ...(asked.ports ?? [])]);
  const most = new Map<string, number>();
  let nets = 0;
  for (const circuit of circuits) {
    for (const port of circuit.ports) ports.add(port);
    const counts = new Map<string, number>();
    for (const device of circuit.devices) counts.set(device.type, (counts.get(device.type) ?? 0) + 1);
    for (const [type, count] of counts) most.set(type, Math.max(most.get(type) ?? 0, count));
    nets = Math.max(nets, circuit.nets.size - circuit.ports.length);
  }
  for (const type of most.keys()) {
    if (types.some(({ name }) => name === type)) continue;
    throw new TopogenieError(
      "DEVICE_TYPE_UNKNOWN",
      `A circuit has devices of type "${type}", which no plugin of this run provides. Add the plugin that provides it to the config.`,
    );
  }
  return {
    ports: [...ports].sort(comparePorts),
    types: types.filter(({ name }) => most.has(name)).map((type) => ({ type, devices: most.get(type.name) as number })),
    nets,
  };
}
