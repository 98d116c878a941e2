import type { DeviceType, Vocabulary } from "@topogenie/core";
import { GROUND_PORT, specialTokens, TopogenieError } from "@topogenie/core";
import type { TokenLexicon } from "../token-lexicon.js";

export const Kind = { special: 0, port: 1, device: 2, pin: 3 } as const;

/** A device that a vocabulary can write, as token ids. */
export interface DeviceIds {
  readonly type: number;
  readonly device: number;
  readonly pins: readonly number[];
}

/** What the tokens of a vocabulary are, by id: shared by all sentences that are written with it. */
export interface GrammarTables {
  readonly size: number;
  /** One of {@link Kind} for every id. */
  readonly kinds: Uint8Array;
  readonly root: number;
  readonly ports: readonly number[];
  readonly devices: readonly DeviceIds[];
  /** Index into {@link devices} for devices and pins; -1 for others. */
  readonly deviceOf: Int32Array;
  /** Pins of a device of each type, and how many devices of it there are; fewest pins first. */
  readonly types: readonly { readonly type: DeviceType; readonly pins: number; readonly devices: number }[];
  /** Which pin of its device a pin is; -1 for others. */
  readonly pinOf: Int32Array;
  readonly names: readonly string[];
}

/** Throws `VOCABULARY_UNFIT` when the vocabulary is not one of this scheme with these device types. */
export function grammarTables(vocabulary: Vocabulary, lexicon: TokenLexicon): GrammarTables {
  const size = vocabulary.tokens.length;
  const kinds = new Uint8Array(size);
  const deviceOf = new Int32Array(size).fill(-1);
  const ports: number[] = [];
  const found: { type: DeviceType; ids: DeviceIds }[] = [];
  const pinOf = new Int32Array(size).fill(-1);
  vocabulary.tokens.forEach((token, id) => {
    if (id < specialTokens.length) return;
    const word = lexicon.read(token);
    if (typeof word === "string") refuse(token, word);
    kinds[id] = Kind[word.kind];
    if (word.kind === "port") ports.push(id);
    if (word.kind === "pin") pinOf[id] = word.pin;
    if (word.kind === "pin" && !vocabulary.has(word.device)) refuse(token, `its device ${word.device} is not in the vocabulary.`);
    if (word.kind !== "device") return;
    const [, ...pins] = lexicon.deviceTokens(word.type, word.number);
    for (const pin of pins) {
      if (!vocabulary.has(pin)) refuse(token, `its pin ${pin} is not in the vocabulary.`);
    }
    found.push({
      type: word.type,
      ids: { type: -1, device: id, pins: pins.map((pin) => vocabulary.id(pin)) },
    });
  });
  if (!vocabulary.has(GROUND_PORT)) refuse(GROUND_PORT, "it is not in the vocabulary, but every walk begins there.");

  const types = [...new Set(found.map(({ type }) => type))]
    .map((type) => ({ type, pins: type.pins.length, devices: found.filter((device) => device.type === type).length }))
    .sort((a, b) => a.pins - b.pins);
  const devices = found.map((device) => ({ ...device.ids, type: types.findIndex(({ type }) => type === device.type) }));
  devices.forEach(({ device, pins }, index) => {
    for (const id of [device, ...pins]) deviceOf[id] = index;
  });
  return { size, kinds, root: vocabulary.id(GROUND_PORT), ports, devices, deviceOf, types, pinOf, names: vocabulary.tokens };
}

function refuse(token: string, why: string): never {
  throw new TopogenieError(
    "VOCABULARY_UNFIT",
    `Token "${token}" of this vocabulary does not fit the scheme "eulerian" with the device types of this run: ${why}`,
  );
}
