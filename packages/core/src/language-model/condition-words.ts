import type { ConditionWords, Conditions, GrammarState, Vocabulary } from "../contracts/tokenization-scheme.js";
import { TopogenieError } from "../runtime/error.js";
import { END_ID } from "./vocabulary.js";

const FAMILY = /^<family:(.+)>$/;
const DEVICES = /^<devices:([1-9][0-9]*)>$/;

/** Whether a token is one of the conditions that lead a sentence. */
export function isConditionWord(token: string): boolean {
  return FAMILY.test(token) || DEVICES.test(token);
}

/** The tokens that a vocabulary needs for conditions: families in alphabetical order, device counts from 1. */
export function conditionVocabulary({ families = [], mostDevices = 0 }: ConditionWords = {}): string[] {
  return [
    ...[...new Set(families)].sort().map(familyWord),
    ...Array.from({ length: mostDevices }, (_, index) => devicesWord(index + 1)),
  ];
}

/** What leads the sentence of a circuit that is written under conditions: its family, then its device count. */
export function leadingWords({ family, deviceCount }: Conditions = {}): string[] {
  return [
    ...(family === undefined ? [] : [familyWord(family)]),
    ...(typeof deviceCount === "number" ? [devicesWord(deviceCount)] : []),
  ];
}

/** How many tokens at the beginning of a sentence are conditions. */
export function leadingWordCount(tokens: readonly string[]): number {
  const first = tokens.findIndex((token) => !isConditionWord(token));
  return first < 0 ? tokens.length : first;
}

/**
 * The automaton of a sentence that is led by its conditions, as far as the vocabulary has words for them: a device count
 * without a word is still kept by the sentence's own grammar, a family cannot be. "At most so many" has no word, as no circuit
 * is written under it: the model does not hear of it, and is free below the bound as it is without a count.
 *
 * @param sentence makes the automaton of the rest, given how many tokens lead
 * Throws `GRAMMAR_CONDITIONS` when the vocabulary has no word for the family.
 */
export function ledByConditions(
  vocabulary: Vocabulary,
  conditions: Conditions | undefined,
  sentence: (leading: number) => GrammarState,
): GrammarState {
  const leading: number[] = [];
  if (conditions?.family !== undefined) {
    const word = familyWord(conditions.family);
    if (!vocabulary.has(word)) {
      const known = vocabulary.tokens.flatMap((token) => FAMILY.exec(token)?.[1] ?? []);
      throw new TopogenieError(
        "GRAMMAR_CONDITIONS",
        `Circuits of the family "${conditions.family}" were asked for, but ` +
          (known.length === 0
            ? "this vocabulary has no words for families: train with encode.conditions: [family]."
            : `the model was trained with ${known.join(", ")} only.`),
      );
    }
    leading.push(vocabulary.id(word));
  }
  if (typeof conditions?.deviceCount === "number") {
    const word = devicesWord(conditions.deviceCount);
    if (vocabulary.has(word)) leading.push(vocabulary.id(word));
    else if (vocabulary.has(devicesWord(1))) {
      throw new TopogenieError(
        "GRAMMAR_CONDITIONS",
        `Circuits of ${conditions.deviceCount} devices were asked for, more than any circuit that this vocabulary was made from.`,
      );
    }
  }
  const rest = sentence(leading.length);
  return leading.length === 0 ? rest : new LedGrammar(leading, rest);
}

class LedGrammar implements GrammarState {
  readonly #leading: readonly number[];
  readonly #rest: GrammarState;
  #written = 0;

  constructor(leading: readonly number[], rest: GrammarState) {
    this.#leading = leading;
    this.#rest = rest;
  }

  get finished(): boolean {
    return this.#rest.finished;
  }

  allowedNext(mask: Uint8Array): void {
    const next = this.#leading[this.#written];
    if (next === undefined) {
      this.#rest.allowedNext(mask);
      return;
    }
    mask.fill(0);
    mask[next] = 1;
  }

  candidates(mask: Uint8Array): void {
    if (this.#written < this.#leading.length || this.#rest.candidates === undefined) this.allowedNext(mask);
    else this.#rest.candidates(mask);
  }

  allows(id: number): boolean {
    return this.#written < this.#leading.length || (this.#rest.allows?.(id) ?? true);
  }

  endSoon(): void {
    if (this.#written === this.#leading.length) this.#rest.endSoon?.();
  }

  push(id: number): void {
    const next = this.#leading[this.#written];
    if (next === undefined) {
      this.#rest.push(id);
      return;
    }
    if (id !== next) {
      const what = id === END_ID ? "The sentence's end" : `Token ${id}`;
      throw new TopogenieError("TOKEN_NOT_ALLOWED", `${what} may not come here: the sentence begins with token ${next}.`);
    }
    this.#written++;
  }
}

function familyWord(family: string): string {
  return `<family:${family}>`;
}

function devicesWord(count: number): string {
  return `<devices:${count}>`;
}
