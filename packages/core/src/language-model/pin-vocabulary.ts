import { GROUND_PORT } from "../circuit/ports.js";
import { pinRoles, type PinRoles } from "../circuit/open-circuit/pin-roles.js";
import type { Vocabulary } from "../contracts/tokenization-scheme.js";
import { TopogenieError } from "../runtime/error.js";
import { isConditionWord } from "./condition-words.js";
import type { TokenLexicon } from "./token-lexicon.js";
import { specialTokens } from "./vocabulary.js";

export const TokenKind = { special: 0, port: 1, device: 2, pin: 3 } as const;

/** A device that a vocabulary can write, as token ids. */
export interface DeviceTokens {
  /** Index into {@link PinVocabulary.types}. */
  readonly type: number;
  /** -1 when devices have no tokens of their own. */
  readonly device: number;
  readonly pins: readonly number[];
}

/** What the tokens of a vocabulary of ports and numbered devices' pins are, by id: shared by all sentences written with it. */
export interface PinVocabulary {
  readonly size: number;
  /** One of {@link TokenKind} for every id; conditions and the scheme's marks are special. */
  readonly kinds: Uint8Array;
  /** VSS. */
  readonly root: number;
  readonly ports: readonly number[];
  /** Those of one type stand in the order of their numbers. */
  readonly devices: readonly DeviceTokens[];
  /** Index into {@link devices} for devices and pins; -1 for others. */
  readonly deviceOf: Int32Array;
  /** Which pin of its device a pin is; -1 for others. */
  readonly pinOf: Int32Array;
  /** The types that occur, and how many devices of each there are; fewest pins first. */
  readonly types: readonly { readonly roles: PinRoles; readonly devices: number }[];
  readonly names: readonly string[];
}

/**
 * @param scheme its name for errors, whether devices have tokens of their own, and words that it has besides
 * Throws `VOCABULARY_UNFIT` when the vocabulary is not one of the scheme with these device types.
 */
export function pinVocabulary(
  vocabulary: Vocabulary,
  lexicon: TokenLexicon,
  scheme: { readonly name: string; readonly hasDeviceTokens: boolean; readonly marks?: readonly string[] },
): PinVocabulary {
  const refuse = (token: string, why: string): never => refuseVocabulary(scheme.name, token, why);
  const size = vocabulary.tokens.length;
  const kinds = new Uint8Array(size);
  const pinOf = new Int32Array(size).fill(-1);
  const ports: number[] = [];
  const found = new Map<string, { readonly roles: PinRoles; readonly number: number; readonly ids: number[] }>();
  vocabulary.tokens.forEach((token, id) => {
    if (id < specialTokens.length || isConditionWord(token) || scheme.marks?.includes(token) === true) return;
    const word = lexicon.read(token);
    if (typeof word === "string") return refuse(token, word);
    if (word.kind === "device" && !scheme.hasDeviceTokens) return refuse(token, "it is a device, not a pin or a port.");
    kinds[id] = TokenKind[word.kind];
    if (word.kind === "port") {
      ports.push(id);
      return;
    }
    if (word.kind === "pin") pinOf[id] = word.pin;
    if (found.has(word.device)) return;
    const needed = lexicon.deviceTokens(word.type, word.number).slice(scheme.hasDeviceTokens ? 0 : 1);
    for (const other of needed) {
      if (!vocabulary.has(other)) refuse(token, `${other} of the same device is not in the vocabulary.`);
    }
    found.set(word.device, {
      roles: pinRoles(word.type),
      number: word.number,
      ids: needed.map((other) => vocabulary.id(other)),
    });
  });
  if (!vocabulary.has(GROUND_PORT)) refuse(GROUND_PORT, "it is not in the vocabulary, but every circuit has it.");

  const all = [...found.values()].sort((a, b) => a.number - b.number);
  const types = [...new Set([...found.values()].map(({ roles }) => roles))]
    .map((roles) => ({ roles, devices: all.filter((device) => device.roles === roles).length }))
    .sort((a, b) => a.roles.pinCount - b.roles.pinCount);
  const deviceOf = new Int32Array(size).fill(-1);
  const devices = types.flatMap(({ roles }, type) =>
    all
      .filter((device) => device.roles === roles)
      .map(({ ids }) => {
        const [device = -1] = scheme.hasDeviceTokens ? ids : [];
        return { type, device, pins: scheme.hasDeviceTokens ? ids.slice(1) : ids };
      }),
  );
  devices.forEach(({ device, pins }, index) => {
    for (const id of pins) deviceOf[id] = index;
    if (device >= 0) deviceOf[device] = index;
  });
  return { size, kinds, root: vocabulary.id(GROUND_PORT), ports, devices, deviceOf, types, pinOf, names: vocabulary.tokens };
}

/** Throws `VOCABULARY_UNFIT`. */
export function refuseVocabulary(scheme: string, token: string, why: string): never {
  throw new TopogenieError(
    "VOCABULARY_UNFIT",
    `Token "${token}" of this vocabulary does not fit the scheme "${scheme}" with the device types and options of this run: ${why}`,
  );
}
