import type { DeviceType, LexiconWord, TokenLexicon } from "@topogenie/core";
import { Circuit, comparePorts, DecodeError, GROUND_PORT } from "@topogenie/core";
import type { EulerianOptions } from "./options.js";
import { pinGraph } from "./pin-graph.js";
import { PinNets } from "./pin-nets.js";

/**
 * Reads the circuit that a walk passes through. The same walk always gives the same circuit, and so do any two walks with the
 * same device numbers: ports and devices are sorted, internal nets are numbered as devices first touch them.
 *
 * Either strictness: the walk begins and ends at VSS; it steps from a device only to its own pins, from a port only to pins,
 * from a pin to its own device, to another pin or to a port; it comes past every pin of every device that it names; no net
 * has two ports. Nets are what these steps connect.
 * `walk` moreover: it is an Eulerian circuit of that circuit's pin graph, so every arc is used exactly once.
 *
 * Throws `DecodeError`.
 */
export function decodeWalk(
  tokens: readonly string[],
  lexicon: TokenLexicon,
  options: Pick<EulerianOptions, "strictness" | "portPins">,
): Circuit {
  const words = tokens.map((token, position) => {
    const word = lexicon.read(token);
    if (typeof word === "string") throw new DecodeError(position, token, word);
    return word;
  });
  const first = words[0];
  const last = words.at(-1);
  if (first === undefined || last === undefined) throw new DecodeError(0, "", "the sentence is empty.");
  if (first.token !== GROUND_PORT) throw new DecodeError(0, first.token, `a walk begins at ${GROUND_PORT}.`);

  const nets = new PinNets();
  words.forEach((word, position) => {
    const before = words[position - 1];
    if (before !== undefined) step(before, word, position, nets);
    nets.touch(word);
  });
  if (last.token !== GROUND_PORT) {
    throw new DecodeError(words.length - 1, last.token, `the walk is not closed: it must end at ${GROUND_PORT}.`);
  }

  const circuit = readCircuit(words, nets, lexicon);
  if (options.strictness === "walk") refuseInexactWalk(words, circuit, lexicon, options.portPins);
  return circuit;
}

function step(from: LexiconWord, to: LexiconWord, position: number, nets: PinNets): void {
  const refuse = (reason: string): never => {
    throw new DecodeError(position, to.token, reason);
  };
  if (from.token === to.token) refuse("the walk stays where it is.");
  if (from.kind === "pin" && to.kind === "pin") nets.join(from, to, position);
  else if (from.kind === "pin" && to.kind === "port") nets.join(from, to, position);
  else if (from.kind === "port" && to.kind === "pin") nets.join(to, from, position);
  else if (from.kind === "port" && to.kind === "port") refuse(`ports ${from.token} and ${to.token} are joined to each other.`);
  else if (from.kind === "port" || to.kind === "port")
    refuse(`${from.token} is followed by ${to.token}: a port is joined to pins only.`);
  else if (from.device !== to.device) {
    refuse(
      from.kind === "device" && to.kind === "device"
        ? `device ${from.token} is followed by device ${to.token}: a device is joined to its own pins only.`
        : `${from.token} is followed by ${to.token}, which belongs to another device.`,
    );
  }
}

function readCircuit(words: readonly LexiconWord[], nets: PinNets, lexicon: TokenLexicon): Circuit {
  const devices = new Map<string, { type: DeviceType; number: number; position: number }>();
  words.forEach((word, position) => {
    if (word.kind !== "port" && !devices.has(word.device)) {
      devices.set(word.device, { type: word.type, number: word.number, position });
    }
  });
  if (devices.size === 0) throw new DecodeError(words.length, "", "the walk passes no device.");

  const rank = new Map(lexicon.types.map((type, index) => [type, index]));
  const sorted = [...devices].sort(([, a], [, b]) => (rank.get(a.type) ?? 0) - (rank.get(b.type) ?? 0) || a.number - b.number);
  const ports = [...new Set(words.filter((word) => word.kind === "port").map((word) => word.token))].sort(comparePorts);
  const taken = new Set(ports);
  const internal = new Map<string, string>();
  let count = 0;
  const nameOf = (net: string): string => {
    const known = internal.get(net);
    if (known !== undefined) return known;
    do count++;
    while (taken.has(`net${count}`));
    internal.set(net, `net${count}`);
    return `net${count}`;
  };
  return new Circuit({
    name: "decoded",
    ports,
    devices: sorted.map(([name, { type, number, position }]) => {
      const [, ...pins] = lexicon.deviceTokens(type, number);
      const missing = pins.filter((pin) => !nets.has(pin));
      if (missing.length > 0) {
        throw new DecodeError(
          position,
          words[position]?.token ?? "",
          `device ${name} is begun here but never reaches ${missing.join(", ")}.`,
        );
      }
      return { name, type: type.name, nets: pins.map((pin) => nets.portOf(pin) ?? nameOf(nets.representative(pin))) };
    }),
  });
}

function refuseInexactWalk(
  words: readonly LexiconWord[],
  circuit: Circuit,
  lexicon: TokenLexicon,
  portPins: EulerianOptions["portPins"],
): void {
  const graph = pinGraph(circuit, lexicon, portPins);
  const nodeTokens = [...circuit.ports, ...graph.devices.flatMap(({ type }, index) => namesOf(circuit, index, type))];
  const nodes = new Map(nodeTokens.map((token, node) => [token, node]));
  const used = new Uint8Array(graph.targets.length);
  for (let position = 1; position < words.length; position++) {
    const from = words[position - 1] as LexiconWord;
    const to = words[position] as LexiconWord;
    const node = nodes.get(from.token) as number;
    const target = nodes.get(to.token) as number;
    let arc = graph.offsets[node] as number;
    const end = graph.offsets[node + 1] as number;
    while (arc < end && graph.targets[arc] !== target) arc++;
    if (arc === end) {
      throw new DecodeError(
        position,
        to.token,
        `pins ${from.token} and ${to.token} share a port's net: they are joined to the port, not to each other.`,
      );
    }
    if (used[arc] === 1) throw new DecodeError(position, to.token, `the arc from ${from.token} to ${to.token} is used twice.`);
    used[arc] = 1;
  }
  for (let node = 0; node < graph.nodeCount; node++) {
    for (let arc = graph.offsets[node] as number; arc < (graph.offsets[node + 1] as number); arc++) {
      if (used[arc] === 0) {
        throw new DecodeError(
          words.length,
          "",
          `the arc from ${nodeTokens[node] as string} to ${nodeTokens[graph.targets[arc] as number] as string} is never used.`,
        );
      }
    }
  }
}

function namesOf(circuit: Circuit, index: number, type: DeviceType): string[] {
  const name = circuit.devices[index]?.name ?? "";
  return [name, ...type.pins.map((pin) => `${name}_${pin.name}`)];
}
