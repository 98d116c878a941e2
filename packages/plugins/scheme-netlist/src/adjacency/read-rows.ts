import { Circuit, comparePorts, DecodeError, type DeviceType } from "@topogenie/core";
import type { RowWords } from "./row-words.js";

interface Row {
  readonly type: DeviceType;
  readonly nets: string[];
}

/**
 * The circuit of a sentence. Devices are numbered by type and internal nets by first use, both in the order of the sentence.
 * Throws `DecodeError`.
 */
export function readRows(tokens: readonly string[], words: RowWords): Circuit {
  const rows: Row[] = [];
  const ports = new Set<string>();
  const taken = new Set(tokens);
  let open: Row | undefined;
  let target: Row | undefined;
  let named = 0;

  for (let position = 0; position < tokens.length; position++) {
    const token = tokens[position] as string;
    const refuse = (reason: string): never => {
      throw new DecodeError(position, token, reason);
    };
    const word = words.read(token);
    if (word === undefined) return refuse("this is neither a device nor a port nor an edge.");
    if (target !== undefined) {
      if (word.kind !== "pin") return refuse("an edge must say at which pin it ends.");
      const pin = target.type.pins.findIndex(({ name }) => name === word.pin);
      const net = target.nets[pin];
      if (pin < 0) return refuse(`a ${target.type.name} has no such pin.`);
      if (net === undefined) return refuse("this pin is on no net yet.");
      target = undefined;
      open?.nets.push(net);
    } else if (word.kind === "device") {
      if (open !== undefined) return refuse(`the ${open.type.name} before it lacks the net of its ${nextPin(open)}.`);
      open = { type: word.type, nets: [] };
      rows.push(open);
    } else {
      if (open === undefined) return refuse("an edge stands here, but the device before it has all of its own.");
      if (word.kind === "pin") return refuse("a pin stands here without a device at which it is.");
      if (word.kind === "port") {
        ports.add(word.port);
        open.nets.push(word.port);
      } else if (word.kind === "back") {
        target = rows[rows.length - 1 - word.back];
        if (target === undefined) return refuse("so many devices have not been written.");
      } else {
        do named++;
        while (taken.has(`net${named}`));
        open.nets.push(`net${named}`);
      }
    }
    if (open?.nets.length === open?.type.pins.length) open = undefined;
  }
  const end = (reason: string): never => {
    throw new DecodeError(tokens.length, "", reason);
  };
  if (target !== undefined) return end("the last edge does not say at which pin it ends.");
  if (open !== undefined) return end(`the ${open.type.name} at the end lacks the net of its ${nextPin(open)}.`);
  if (rows.length === 0) return end("the sentence has no device.");
  return new Circuit({ name: "decoded", ports: [...ports].sort(comparePorts), devices: numbered(rows) });
}

function numbered(rows: readonly Row[]): { name: string; type: string; nets: string[] }[] {
  const counts = new Map<DeviceType, number>();
  return rows.map(({ type, nets }) => {
    const number = (counts.get(type) ?? 0) + 1;
    counts.set(type, number);
    return { name: `${type.tokenPrefix}${number}`, type: type.name, nets };
  });
}

function nextPin({ type, nets }: Row): string {
  return type.pins[nets.length]?.name ?? "";
}
