import { Circuit, comparePorts, DecodeError, type DeviceType } from "@topogenie/core";
import type { BipartiteWords } from "./bipartite-words.js";

interface ReadDevice {
  readonly name: string;
  readonly type: DeviceType;
  /** Net words pin by pin; empty for pins of which nothing has been said. */
  readonly nets: string[];
  readonly position: number;
}

/**
 * The circuit of a sentence. Devices come in the order in which they are named first; internal nets are numbered in the order
 * in which their words come first. Throws `DecodeError`.
 */
export function readSentence(tokens: readonly string[], words: BipartiteWords): Circuit {
  const devices = new Map<string, ReadDevice>();
  const ports = new Set<string>();
  const nets = new Map<string, string>();
  /** The node from which the walk goes on, and the edge that it has set out on. */
  let net: string | undefined;
  let device: ReadDevice | undefined;
  let edge: { readonly type: DeviceType; readonly pin: number } | undefined;

  for (let position = 0; position < tokens.length; position++) {
    const token = tokens[position] as string;
    const refuse = (reason: string): never => {
      throw new DecodeError(position, token, reason);
    };
    const word = words.read(token);
    if (typeof word === "string") return refuse(word);
    if (word.kind === "edge") {
      if (edge !== undefined) return refuse("one edge follows another.");
      if (net === undefined && device === undefined) return refuse("an edge must set out from a device or a net.");
      if (device !== undefined) {
        if (device.type !== word.type) return refuse(`${device.name} is no ${word.type.name}.`);
        if (device.nets[word.pin] !== "") return refuse(`${device.name} has this edge already.`);
      }
      edge = word;
    } else if (word.kind === "device") {
      const reached: ReadDevice = devices.get(token) ?? {
        name: token,
        type: word.type,
        nets: word.type.pins.map(() => ""),
        position,
      };
      devices.set(token, reached);
      if (edge !== undefined) {
        if (net === undefined) return refuse("an edge leads from a device to a net, not to another device.");
        if (word.type !== edge.type) return refuse(`the edge before it leads to a device of type ${edge.type.name}.`);
        if (reached.nets[edge.pin] !== "") return refuse(`${token} has this edge already.`);
        reached.nets[edge.pin] = net;
      }
      [net, device, edge] = [undefined, reached, undefined];
    } else {
      if (word.kind === "port") ports.add(token);
      else nets.set(token, "");
      if (edge !== undefined) {
        if (device === undefined) return refuse("an edge leads from a net to a device, not to another net.");
        device.nets[edge.pin] = token;
      }
      [net, device, edge] = [token, undefined, undefined];
    }
  }
  if (edge !== undefined) throw new DecodeError(tokens.length, "", "the last edge leads nowhere.");
  if (devices.size === 0) throw new DecodeError(tokens.length, "", "the sentence has no device.");
  for (const { name, type, nets: reached, position } of devices.values()) {
    const missing = type.pins.filter((_, pin) => reached[pin] === "").map((pin) => pin.name);
    if (missing.length > 0)
      throw new DecodeError(position, tokens[position] ?? "", `${name} has no edge at its ${missing.join(", ")}.`);
  }
  nameNets(nets, ports);
  const all = [...devices.values()];
  const touched = new Set(all.flatMap((one) => one.nets));
  for (const port of ports) {
    if (!touched.has(port)) throw new DecodeError(tokens.indexOf(port), port, "no edge leads to this port.");
  }
  return new Circuit({
    name: "decoded",
    ports: [...ports].sort(comparePorts),
    devices: all.map((one) => ({
      name: one.name,
      type: one.type.name,
      nets: one.nets.map((word) => nets.get(word) ?? word),
    })),
  });
}

function nameNets(nets: Map<string, string>, ports: ReadonlySet<string>): void {
  let number = 0;
  for (const word of nets.keys()) {
    do number++;
    while (ports.has(`net${number}`));
    nets.set(word, `net${number}`);
  }
}
