import { Circuit, comparePorts, DecodeError, type DeviceType } from "@topogenie/core";
import type { NetlistWords } from "./netlist-words.js";

/**
 * The circuit of a sentence. Devices are numbered by type and internal nets by first use, both in the order of the sentence.
 * The words of nets take turns: the one whose turn it is always means a new net. Throws `DecodeError`.
 *
 * @param netWords how many words there are for internal nets
 */
export function readSentence(tokens: readonly string[], words: NetlistWords, netWords: number): Circuit {
  const ports = new Set<string>();
  const devices: { name: string; type: string; nets: string[] }[] = [];
  const counts = new Map<DeviceType, number>();
  const nets = new Array<string | undefined>(netWords);
  let opened = 0;
  let open: { readonly type: DeviceType; readonly nets: string[]; readonly position: number } | undefined;
  let named = 0;
  const portWords = new Set(tokens);

  for (let position = 0; position < tokens.length; position++) {
    const token = tokens[position] as string;
    const refuse = (reason: string): never => {
      throw new DecodeError(position, token, reason);
    };
    const word = words.read(token);
    if (word === undefined) return refuse("this is neither a device nor a port nor a net.");
    if (word.kind === "device") {
      if (open !== undefined) return refuse(`the ${open.type.name} before it lacks the net of its ${nextPin(open)}.`);
      const number = (counts.get(word.type) ?? 0) + 1;
      counts.set(word.type, number);
      open = { type: word.type, nets: [], position };
      devices.push({ name: `${word.type.tokenPrefix}${number}`, type: word.type.name, nets: open.nets });
    } else {
      if (open === undefined) return refuse("a net stands here, but the device before it has all its nets.");
      if (word.kind === "port") {
        ports.add(word.port);
        open.nets.push(word.port);
      } else {
        if (word.net >= netWords) return refuse(`there are only ${netWords} words for nets.`);
        let net = nets[word.net];
        if (word.net === opened % netWords) {
          do named++;
          while (portWords.has(`net${named}`));
          net = `net${named}`;
          nets[word.net] = net;
          opened++;
        }
        if (net === undefined) return refuse("nets are numbered by first use: this one is too early.");
        open.nets.push(net);
      }
    }
    if (open.nets.length === open.type.pins.length) open = undefined;
  }
  if (open !== undefined)
    throw new DecodeError(tokens.length, "", `the ${open.type.name} at the end lacks the net of its ${nextPin(open)}.`);
  if (devices.length === 0) throw new DecodeError(tokens.length, "", "the sentence has no device.");
  return new Circuit({ name: "decoded", ports: [...ports].sort(comparePorts), devices });
}

function nextPin({ type, nets }: { readonly type: DeviceType; readonly nets: readonly string[] }): string {
  return type.pins[nets.length]?.name ?? "";
}
