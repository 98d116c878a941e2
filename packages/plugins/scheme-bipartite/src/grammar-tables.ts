import {
  GROUND_PORT,
  isConditionWord,
  pinRoles,
  refuseVocabulary,
  specialTokens,
  type DeviceType,
  type PinRoles,
  type Vocabulary,
} from "@topogenie/core";
import type { BipartiteWords } from "./bipartite-words.js";

export interface TypeTokens {
  readonly roles: PinRoles;
  /** How many devices there are words for. */
  readonly devices: number;
  /** Tokens of the devices, by number. */
  readonly ids: readonly number[];
  /** Tokens of the edges, by pin. */
  readonly edges: readonly number[];
}

/** What the tokens of a vocabulary are, by id: shared by all sentences that are written with it. */
export interface GrammarTables {
  readonly size: number;
  readonly ports: readonly { readonly id: number; readonly name: string }[];
  readonly types: readonly TypeTokens[];
  /** Index into {@link types} for devices and edges, -1 for other tokens. */
  readonly typeOf: Int32Array;
  /** The pin of an edge, -1 for other tokens. */
  readonly pinOf: Int32Array;
  /** Tokens of the internal nets, in the order of their numbers. */
  readonly nets: readonly number[];
}

const SCHEME = "bipartite";

/** Throws `VOCABULARY_UNFIT` when the vocabulary is not one of this scheme with these device types. */
export function grammarTables(vocabulary: Vocabulary, words: BipartiteWords): GrammarTables {
  const size = vocabulary.tokens.length;
  const typeOf = new Int32Array(size).fill(-1);
  const pinOf = new Int32Array(size).fill(-1);
  const ports: { id: number; name: string }[] = [];
  const nets: { id: number; net: number }[] = [];
  const devices = new Map<DeviceType, { id: number; number: number }[]>();
  vocabulary.tokens.forEach((token, id) => {
    if (id < specialTokens.length || isConditionWord(token)) return;
    const word = words.read(token);
    if (typeof word === "string") return refuseVocabulary(SCHEME, token, word);
    if (word.kind === "port") ports.push({ id, name: token });
    else if (word.kind === "net") nets.push({ id, net: word.net });
    else if (word.kind === "edge") pinOf[id] = word.pin;
    else devices.set(word.type, [...(devices.get(word.type) ?? []), { id, number: word.number }]);
  });
  if (!vocabulary.has(GROUND_PORT))
    refuseVocabulary(SCHEME, GROUND_PORT, "it is not in the vocabulary, but every circuit has it.");
  const types = [...devices].map(([type, ofType], index) => {
    const ids = ofType.sort((a, b) => a.number - b.number).map(({ id }) => id);
    const edges = type.pins.map((_, pin) => {
      const edge = words.edge(type, pin);
      if (!vocabulary.has(edge)) refuseVocabulary(SCHEME, edge, "it is not in the vocabulary, although its device type is.");
      return vocabulary.id(edge);
    });
    for (const id of [...ids, ...edges]) typeOf[id] = index;
    return { roles: pinRoles(type), devices: ids.length, ids, edges };
  });
  pinOf.forEach((pin, id) => {
    if (pin >= 0 && typeOf[id] === -1)
      refuseVocabulary(SCHEME, vocabulary.tokens[id] ?? "", "there is no device that has such an edge.");
  });
  return { size, ports, types, typeOf, pinOf, nets: nets.sort((a, b) => a.net - b.net).map(({ id }) => id) };
}
