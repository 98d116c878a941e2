import {
  Circuit,
  DecodeError,
  isPortName,
  createVocabulary,
  writableTypes,
  type Device,
  type DeviceType,
  type GrammarState,
  type Rng,
  type TokenizationScheme,
  type Vocabulary,
} from "@topogenie/core";
import { DepthFirstGrammar } from "./depth-first-grammar.js";

/** An inner net is written as this and its number, in the order of first visit. */
const NET = "net";
const netPattern = /^net[1-9]\d*$/;

/**
 * Device by device, as a walk finds them that goes deep before it goes wide: a device's type, then the net of each of its
 * pins. A circuit is `(TYPE NET … NET)+`; inner nets are numbered as they are met.
 */
export class DepthFirstScheme implements TokenizationScheme {
  readonly name = "depth-first";
  readonly #types: ReadonlyMap<string, DeviceType>;

  constructor(deviceTypes: ReadonlyMap<string, DeviceType>) {
    this.#types = deviceTypes;
  }

  capabilities() {
    return { conditions: [], grammar: "complete", augments: true } as const;
  }

  vocabulary(circuits: Iterable<Circuit>): Vocabulary {
    const ports = new Set<string>();
    const types = new Set<string>();
    let mostNets = 0;
    for (const circuit of circuits) {
      for (const { type } of circuit.devices) types.add(type);
      for (const port of circuit.ports) ports.add(port);
      mostNets = Math.max(mostNets, [...circuit.nets.keys()].filter((net) => !circuit.isPort(net)).length);
    }
    const nets = Array.from({ length: mostNets }, (_, index) => `${NET}${index + 1}`);
    return createVocabulary([...[...types].sort(), ...[...ports].sort(), ...nets]);
  }

  encode(circuit: Circuit, rng: Rng): readonly string[] {
    // Throws for a circuit that would come back as another.
    writableTypes(circuit, { type: (name) => this.#types.get(name), isPortName });
    const names = new Map<string, string>();
    const nameOf = (net: string): string => {
      if (circuit.isPort(net)) return net;
      const known = names.get(net) ?? `${NET}${names.size + 1}`;
      names.set(net, known);
      return known;
    };
    return depthFirst(circuit, rng).flatMap(({ type, nets }) => [type, ...nets.map(nameOf)]);
  }

  decode(tokens: readonly string[]): Circuit {
    if (tokens.length === 0) throw new DecodeError(0, "", "there is no device");
    const devices: Device[] = [];
    const ports = new Set<string>();
    for (let at = 0; at < tokens.length;) {
      const word = tokens[at] ?? "";
      const type = this.#types.get(word);
      if (type === undefined) throw new DecodeError(at, word, "a device type is expected here");
      const nets = type.pins.map((pin, index) => {
        const net = tokens[at + 1 + index] ?? "";
        if (isPortName(net)) ports.add(net);
        else if (!netPattern.test(net)) throw new DecodeError(at + 1 + index, net, `the net of pin ${pin.name} is expected here`);
        return net;
      });
      devices.push({ name: `${type.tokenPrefix}${devices.length + 1}`, type: type.name, nets, values: {} });
      at += 1 + nets.length;
    }
    return new Circuit({ name: "decoded", devices, ports: [...ports] });
  }

  grammar(vocabulary: Vocabulary, maxTokens: number): GrammarState {
    return new DepthFirstGrammar(vocabulary, this.#types, maxTokens);
  }
}

/** Devices in the order in which a depth-first walk over shared nets meets them, begun at any and branching at random. */
function depthFirst(circuit: Circuit, rng: Rng): Device[] {
  const met = new Set<number>();
  const visit = (index: number): void => {
    if (met.has(index)) return;
    met.add(index);
    for (const net of rng.shuffle(circuit.devices[index]?.nets ?? [])) {
      // Nearly every device is on a rail: to follow it would be no walk at all.
      if (net === "VDD" || net === "VSS") continue;
      for (const { device } of rng.shuffle(circuit.nets.get(net) ?? [])) visit(device);
    }
  };
  for (const index of rng.shuffle([...circuit.devices.keys()])) visit(index);
  return [...met].flatMap((index) => circuit.devices[index] ?? []);
}
