import {
  createVocabulary,
  isConditionWord,
  refuseVocabulary,
  specialTokens,
  type DeviceType,
  type Vocabulary,
} from "@topogenie/core";
import { grammarTables, type GrammarTables } from "../grammar-tables.js";
import { OPEN, type RowWords } from "./row-words.js";

/** What the tokens of a vocabulary are, by id, and the netlist vocabulary in which the grammar judges the same circuits. */
export interface RowTables {
  readonly size: number;
  readonly netlist: GrammarTables;
  /** Token of the netlist for each device type and port, -1 for other tokens. */
  readonly toNetlist: Int32Array;
  /** The reverse, -1 for internal nets. */
  readonly fromNetlist: Int32Array;
  /** The device type that a token begins. */
  readonly types: readonly (DeviceType | undefined)[];
  readonly open: number;
  /** Tokens of the distances, from 0: as many as a circuit has devices at most. */
  readonly backs: readonly number[];
  readonly pins: ReadonlyMap<string, number>;
}

const SCHEME = "adjacency";

/** Throws `VOCABULARY_UNFIT` when the vocabulary is not one of this scheme with these device types. */
export function rowTables(vocabulary: Vocabulary, words: RowWords): RowTables {
  const size = vocabulary.tokens.length;
  const types = new Array<DeviceType | undefined>(size).fill(undefined);
  const shared: { token: string; id: number }[] = [];
  const backs: number[] = [];
  const pins = new Map<string, number>();
  vocabulary.tokens.forEach((token, id) => {
    if (id < specialTokens.length || isConditionWord(token)) return;
    const word = words.read(token);
    if (word === undefined) return refuseVocabulary(SCHEME, token, "it is neither a device nor a port nor part of an edge.");
    if (word.kind === "back") backs[word.back] = id;
    else if (word.kind === "pin") pins.set(word.pin, id);
    else if (word.kind !== "open") shared.push({ token, id });
    if (word.kind === "device") types[id] = word.type;
  });
  if (!vocabulary.has(OPEN)) refuseVocabulary(SCHEME, OPEN, "it is not in the vocabulary, so that no net could be opened.");
  if (backs.length === 0 || backs.includes(undefined as never))
    refuseVocabulary(SCHEME, words.back(0), "distances must be there from 0 on.");
  const used = types.filter((type) => type !== undefined);
  for (const { name } of used.flatMap((type) => type.pins)) {
    if (!pins.has(name)) refuseVocabulary(SCHEME, words.pin(name), "it is not in the vocabulary, although its device type is.");
  }
  // Every internal net of a legal circuit joins two pins at least.
  const nets = backs.length * Math.ceil(Math.max(2, ...used.map((type) => type.pins.length)) / 2);
  const netlist = createVocabulary([
    ...shared.map(({ token }) => token),
    ...Array.from({ length: nets }, (_, net) => words.netlist.net(net)),
  ]);
  const toNetlist = new Int32Array(size).fill(-1);
  const fromNetlist = new Int32Array(netlist.tokens.length).fill(-1);
  for (const { token, id } of shared) {
    toNetlist[id] = netlist.id(token);
    fromNetlist[netlist.id(token)] = id;
  }
  return {
    size,
    netlist: grammarTables(netlist, words.netlist, nets),
    toNetlist,
    fromNetlist,
    types,
    open: vocabulary.id(OPEN),
    backs,
    pins,
  };
}
