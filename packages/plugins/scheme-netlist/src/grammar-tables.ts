import {
  GROUND_PORT,
  isConditionWord,
  MendingDevices,
  pinRoles,
  refuseVocabulary,
  specialTokens,
  type PinRoles,
  type Vocabulary,
} from "@topogenie/core";
import type { NetlistWords } from "./netlist-words.js";

/** What the tokens of a vocabulary are, by id: shared by all sentences that are written with it. */
export interface GrammarTables {
  readonly size: number;
  /** Device types by token. */
  readonly types: readonly (PinRoles | undefined)[];
  readonly typeIds: readonly number[];
  readonly ports: readonly { readonly id: number; readonly name: string }[];
  /** Tokens of the words for internal nets, in their order. */
  readonly netWords: readonly number[];
  /** Words for internal nets by token, -1 for other tokens. */
  readonly wordOf: Int32Array;
  readonly mending: MendingDevices;
  /** Tokens of the largest device. */
  readonly mostTokens: number;
}

/** Throws `VOCABULARY_UNFIT` when the vocabulary is not one of this scheme with these device types and options. */
export function grammarTables(vocabulary: Vocabulary, words: NetlistWords, netWords: number): GrammarTables {
  const size = vocabulary.tokens.length;
  const types = new Array<PinRoles | undefined>(size).fill(undefined);
  const ports: { id: number; name: string }[] = [];
  const nets: number[] = [];
  const wordOf = new Int32Array(size).fill(-1);
  vocabulary.tokens.forEach((token, id) => {
    if (id < specialTokens.length || isConditionWord(token)) return;
    const word = words.read(token);
    if (word === undefined) refuseVocabulary("netlist", token, "it is neither a device nor a port nor a net.");
    if (word.kind === "device") types[id] = pinRoles(word.type);
    else if (word.kind === "port") ports.push({ id, name: word.port });
    else {
      nets[word.net] = id;
      wordOf[id] = word.net;
    }
  });
  if (nets.length !== netWords || nets.includes(undefined as never)) {
    refuseVocabulary(
      "netlist",
      words.net(netWords - 1),
      `it must have exactly ${netWords} words for nets, as the option "nets" says.`,
    );
  }
  if (!vocabulary.has(GROUND_PORT))
    refuseVocabulary("netlist", GROUND_PORT, "it is not in the vocabulary, but every circuit has it.");
  const tokensOf = (roles: PinRoles): number => 1 + roles.pinCount;
  const used = types.filter((roles) => roles !== undefined);
  return {
    size,
    types,
    typeIds: types.flatMap((roles, id) => (roles === undefined ? [] : [id])),
    ports,
    netWords: nets,
    wordOf,
    mending: new MendingDevices(used, tokensOf),
    mostTokens: Math.max(0, ...used.map(tokensOf)),
  };
}
