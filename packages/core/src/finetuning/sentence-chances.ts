import type { LanguageModel } from "../contracts/model-backend.js";
import type { GrammarState } from "../contracts/tokenization-scheme.js";
import { batchOf, packDocuments } from "../language-model/packing.js";
import { PADDING_ID, START_ID } from "../language-model/vocabulary.js";

/** How a sentence was written, token by token: one number less than it has tokens, as the start was given. */
export interface SentenceChances {
  /** ln of the chance that each token had among those that were allowed, at the temperature. */
  readonly logChances: Float32Array;
  /** 1 where more than one token was allowed. */
  readonly wasChoice: Uint8Array;
}

export interface ChanceRequest {
  readonly model: LanguageModel;
  /** Token ids, start and end included; none is longer than a row by more than the start. */
  readonly sentences: readonly Int32Array[];
  /** The automaton with which a sentence was written, by its index. */
  readonly grammar: ((index: number) => GrammarState) | undefined;
  /** After how many tokens a sentence's automaton was asked for the nearest end. */
  readonly endSoonAt: (index: number) => number | undefined;
  readonly temperature: number;
  readonly rows: number;
  readonly length: number;
  readonly signal: AbortSignal;
}

/** The chances with which a model writes these sentences under their grammars. Top-k and top-p are left out of account. */
export async function sentenceChances(request: ChanceRequest): Promise<readonly SentenceChances[]> {
  const { model, sentences, rows, length, signal } = request;
  const places = new Map(sentences.map((sentence, index) => [sentence, index]));
  const chances: SentenceChances[] = [];
  const packed = packDocuments(sentences, length).rows;
  for (let first = 0; first < packed.length; first += rows) {
    signal.throwIfAborted();
    const some = packed.slice(first, first + rows);
    const logits = await model.logits(batchOf(some, rows, length));
    some.forEach((documents, row) => {
      let at = row * length;
      for (const document of documents) {
        const index = places.get(document) as number;
        chances[index] = chancesOf(request, index, logits.subarray(at * model.config.vocabularySize));
        at += document.length - 1;
      }
    });
  }
  return chances;
}

/** @param logits of the places of this sentence, and what follows */
function chancesOf(
  { model, sentences, grammar, endSoonAt, temperature }: ChanceRequest,
  index: number,
  logits: Float32Array,
): SentenceChances {
  const sentence = sentences[index] as Int32Array;
  const size = model.config.vocabularySize;
  const mask = new Uint8Array(size).fill(1);
  mask[PADDING_ID] = mask[START_ID] = 0;
  const state = grammar?.(index);
  const logChances = new Float32Array(sentence.length - 1);
  const wasChoice = new Uint8Array(sentence.length - 1);
  for (let place = 0; place < logChances.length; place++) {
    const token = sentence[place + 1] as number;
    if (place === endSoonAt(index)) state?.endSoon?.();
    state?.allowedNext(mask);
    const row = logits.subarray(place * size, (place + 1) * size);
    let peak = Number.NEGATIVE_INFINITY;
    let allowed = 0;
    for (let id = 0; id < size; id++) {
      if (mask[id] !== 1) continue;
      allowed++;
      peak = Math.max(peak, row[id] as number);
    }
    let total = 0;
    for (let id = 0; id < size; id++) if (mask[id] === 1) total += Math.exp(((row[id] as number) - peak) / temperature);
    logChances[place] = ((row[token] as number) - peak) / temperature - Math.log(total);
    wasChoice[place] = allowed > 1 ? 1 : 0;
    state?.push(token);
  }
  return { logChances, wasChoice };
}
