import type { LanguageModel } from "../contracts/model-backend.js";
import type { GrammarState } from "../contracts/tokenization-scheme.js";
import { TopogenieError } from "../runtime/error.js";
import type { Rng } from "../runtime/rng.js";
import { createRng } from "../runtime/rng.js";
import type { ChoiceSettings } from "./token-choice.js";
import { TokenChooser } from "./token-choice.js";
import { END_ID, PADDING_ID, START_ID } from "./vocabulary.js";

export interface SamplingOptions extends ChoiceSettings {
  readonly model: LanguageModel;
  /** Sentences are numbered from this. Default 0. */
  readonly firstAttempt?: number;
  readonly attempts: number;
  /** Sentences written at once: more are faster and take more memory; the sentences do not depend on it. */
  readonly rows: number;
  /** Longest sentence, start and end left out; at most the model's context − 1. */
  readonly maxTokens: number;
  readonly seed: number;
  /** Tokens that stand after the start of every sentence: conditions. They are part of the result. */
  readonly prompt?: readonly number[];
  /** A word that the start stands for: every sentence begins with it, and the model is given the start in its place. */
  readonly startsWith?: number | undefined;
  /** A fresh automaton for an attempt, which must be at the sentence's first token. */
  readonly grammar?: ((attempt: number) => GrammarState) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called with each token as it is chosen, the end left out: an attempt's tokens in order, attempts of a batch in turn. */
  readonly onToken?: ((attempt: number, token: number) => void) | undefined;
  /** Called as soon as a sentence is finished, in that order. */
  readonly onSentence?: ((sentence: SampledSentence) => void) | undefined;
}

export interface SampledSentence {
  readonly attempt: number;
  /** Start and end left out. */
  readonly tokens: readonly number[];
  /** False when it was cut off at `maxTokens`. */
  readonly ended: boolean;
  /** After so many tokens the model would have ended it, and the grammar was asked for the nearest end (`GrammarState.endSoon`). */
  readonly endSoonAt?: number;
}

interface Writer {
  readonly attempt: number;
  readonly rng: Rng;
  readonly grammar: GrammarState | undefined;
  readonly tokens: number[];
  ended: boolean;
  endSoonAt?: number;
  /** There was no room for another token. */
  cut: boolean;
}

/**
 * Writes sentences in batches with cached keys and values. Each attempt draws from its own stream, forked from the seed by its
 * number. Returns them in the order of attempts; after an abort, those that were finished.
 * Throws `SAMPLING_TOO_LONG` when the model's context cannot hold a sentence.
 */
export async function sampleSentences(options: SamplingOptions): Promise<SampledSentence[]> {
  const { model, attempts, rows, maxTokens, firstAttempt = 0 } = options;
  const longest = model.config.context - 1;
  if (maxTokens > longest) {
    throw new TopogenieError(
      "SAMPLING_TOO_LONG",
      `Sentences of ${maxTokens} tokens were asked for, and a model with a context of ${model.config.context} writes at most ${longest}: ` +
        "lower maxTokens, or train a model with a longer context.",
    );
  }
  const sentences: SampledSentence[] = [];
  for (let first = 0; first < attempts && options.signal?.aborted !== true; first += rows) {
    const numbers = Array.from({ length: Math.min(rows, attempts - first) }, (_, row) => firstAttempt + first + row);
    sentences.push(...(await sampleBatch(numbers, options)));
  }
  return sentences.sort((a, b) => a.attempt - b.attempt);
}

async function sampleBatch(attempts: readonly number[], options: SamplingOptions): Promise<SampledSentence[]> {
  const { model, seed, signal, startsWith, prompt = [] } = options;
  const size = model.config.vocabularySize;
  const chooser = new TokenChooser(size, options);
  const mask = new Uint8Array(size);
  const rng = createRng(seed).fork("sampling");
  let writers = attempts.map((attempt): Writer => {
    return { attempt, rng: rng.fork(attempt), grammar: options.grammar?.(attempt), tokens: [], ended: false, cut: false };
  });
  const finished: SampledSentence[] = [];
  const sampler = await model.sampler(writers.length);
  try {
    let input = new Int32Array(writers.length).fill(START_ID);
    if (startsWith !== undefined) {
      for (const writer of writers)
        if (write(writer, startsWith, options.maxTokens)) options.onToken?.(writer.attempt, startsWith);
    }
    while (writers.length > 0 && signal?.aborted !== true) {
      const logits = await sampler.step(input);
      writers.forEach((writer, row) => {
        const forced = prompt[writer.tokens.length];
        const token = forced ?? choose(chooser, logits.subarray(row * size, (row + 1) * size), mask, writer);
        if (write(writer, token, options.maxTokens)) options.onToken?.(writer.attempt, token);
      });
      const going: number[] = [];
      writers.forEach((writer, row) => {
        if (!writer.ended && !writer.cut) return going.push(row);
        const { attempt, tokens, ended, endSoonAt } = writer;
        const sentence = { attempt, tokens, ended, ...(endSoonAt === undefined ? {} : { endSoonAt }) };
        finished.push(sentence);
        return options.onSentence?.(sentence);
      });
      if (going.length < writers.length && going.length > 0) sampler.keep(going);
      writers = going.map((row) => writers[row] as Writer);
      input = Int32Array.from(writers, (writer) => writer.tokens.at(-1) as number);
    }
  } finally {
    await sampler.dispose();
  }
  return finished;
}

/** A token that may come next: by the grammar, or any word but padding and start. */
function choose(chooser: TokenChooser, logits: Float32Array, mask: Uint8Array, writer: Writer): number {
  const { grammar, rng } = writer;
  maskNext(mask, grammar);
  if (grammar?.endSoon !== undefined && writer.endSoonAt === undefined && mask[END_ID] === 0 && isLikeliest(logits, END_ID)) {
    writer.endSoonAt = writer.tokens.length;
    grammar.endSoon();
    maskNext(mask, grammar);
  }
  for (;;) {
    const token = chooser.choose(logits, mask, rng);
    if (grammar?.allows?.(token) ?? true) return token;
    mask[token] = 0;
  }
}

function maskNext(mask: Uint8Array, grammar: GrammarState | undefined): void {
  if (grammar === undefined) {
    mask.fill(1);
    mask[PADDING_ID] = 0;
    mask[START_ID] = 0;
  } else if (grammar.candidates === undefined) grammar.allowedNext(mask);
  else grammar.candidates(mask);
}

/** Whether no other token of all is as likely. */
function isLikeliest(logits: Float32Array, token: number): boolean {
  const own = logits[token] as number;
  return logits.every((logit, id) => id === token || logit < own);
}

/** Returns whether the sentence grew. */
function write(writer: Writer, token: number, maxTokens: number): boolean {
  const before = writer.tokens.length;
  if (token === END_ID) writer.ended = true;
  else if (before === maxTokens) writer.cut = true;
  else writer.tokens.push(token);
  if (!writer.cut) writer.grammar?.push(token);
  return writer.tokens.length > before;
}
