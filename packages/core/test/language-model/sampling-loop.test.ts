import { describe, expect, it } from "vitest";
import type { GrammarState } from "../../src/contracts/tokenization-scheme.js";
import type { SamplingOptions } from "../../src/language-model/sampling-loop.js";
import { initialWeights } from "../../src/language-model/gpt-parameters.js";
import { sampleSentences } from "../../src/language-model/sampling-loop.js";
import { BigramBackend, bigramConfig } from "./bigram-backend.js";

async function sample(overrides: Partial<SamplingOptions> = {}): ReturnType<typeof sampleSentences> {
  const model = await new BigramBackend().create(bigramConfig, 1);
  return sampleSentences({
    model,
    attempts: 20,
    rows: 6,
    maxTokens: 12,
    temperature: 1,
    topK: 0,
    topP: 1,
    seed: 5,
    ...overrides,
  });
}

/** Words 3 and 4 in turn, at least four of them. */
class InTurn implements GrammarState {
  #count = 0;
  finished = false;

  allowedNext(mask: Uint8Array): void {
    mask.fill(0);
    mask[3 + (this.#count % 2)] = 1;
    if (this.#count >= 4) mask[2] = 1;
  }

  push(id: number): void {
    if (id === 2) this.finished = true;
    else this.#count++;
  }
}

describe("sampling", () => {
  it("gives the sentences in the order of attempts, without special tokens", async () => {
    const sentences = await sample();
    expect(sentences.map(({ attempt }) => attempt)).toEqual(Array.from({ length: 20 }, (_, attempt) => attempt));
    expect(sentences.every(({ tokens }) => tokens.every((token) => token >= 3))).toBe(true);
    expect(sentences.some(({ ended }) => ended)).toBe(true);
  });

  it("does not depend on the number of rows, and an attempt not on which others are made", async () => {
    const sentences = await sample();
    expect(await sample({ rows: 1 })).toEqual(sentences);
    expect(await sample({ rows: 50 })).toEqual(sentences);
    expect(await sample({ firstAttempt: 12, attempts: 8 })).toEqual(sentences.slice(12));
  });

  it("differs from seed to seed", async () => {
    expect(await sample({ seed: 6 })).not.toEqual(await sample());
  });

  it("cuts off at maxTokens and says so, but lets a sentence of just that length end", async () => {
    const sentences = await sample({ attempts: 300, maxTokens: 4 });
    expect(Math.max(...sentences.map(({ tokens }) => tokens.length))).toBe(4);
    expect(sentences.some(({ tokens, ended }) => tokens.length === 4 && ended)).toBe(true);
    expect(sentences.some(({ tokens, ended }) => tokens.length === 4 && !ended)).toBe(true);
  });

  it("obeys the grammar", async () => {
    const sentences = await sample({ grammar: () => new InTurn() });
    for (const { tokens } of sentences) {
      expect(tokens.length).toBeGreaterThanOrEqual(4);
      expect(tokens.every((token, index) => token === 3 + (index % 2))).toBe(true);
    }
  });

  it("asks the grammar for the nearest end once the end is likeliest and not allowed yet, and says when", async () => {
    const tensors = initialWeights(bigramConfig, 1);
    const table = tensors.get("head")?.data ?? new Float32Array();
    for (let before = 0; before < 8; before++) table[8 * before + 2] = before === 4 ? 9 : -9;
    const model = await new BigramBackend().load({ config: bigramConfig, step: 0, tensors });
    const asked: number[] = [];
    class Open extends InTurn {
      #written = 0;
      endSoon(): void {
        asked.push(this.#written);
      }
      override push(id: number): void {
        super.push(id);
        this.#written++;
      }
    }
    const sentences = await sample({ model, attempts: 5, grammar: () => new Open() });
    expect(sentences.map(({ endSoonAt }) => endSoonAt)).toEqual([2, 2, 2, 2, 2]);
    expect(asked).toEqual([2, 2, 2, 2, 2]);
    expect(
      (await sample({ model, attempts: 5, grammar: () => new InTurn() })).every(({ endSoonAt }) => endSoonAt === undefined),
    ).toBe(true);
  });

  it("begins every sentence with the prompt", async () => {
    for (const { tokens } of await sample({ prompt: [7, 6] })) expect(tokens.slice(0, 2)).toEqual([7, 6]);
  });

  it("reports each sentence as soon as it is finished, once", async () => {
    const reported: number[] = [];
    const sentences = await sample({ onSentence: ({ attempt }) => reported.push(attempt) });
    expect(reported.toSorted((a, b) => a - b)).toEqual(sentences.map(({ attempt }) => attempt));
  });

  it("streams the tokens of each sentence as they are written", async () => {
    const streamed = new Map<number, number[]>();
    const sentences = await sample({
      maxTokens: 4,
      onToken: (attempt, token) => streamed.set(attempt, [...(streamed.get(attempt) ?? []), token]),
      onSentence: ({ attempt, tokens }) => {
        expect(streamed.get(attempt) ?? []).toEqual(tokens);
      },
    });
    expect(sentences.map(({ attempt }) => streamed.get(attempt) ?? [])).toEqual(sentences.map(({ tokens }) => tokens));
  });

  it("stopped by a signal it gives what was finished", async () => {
    const stop = new AbortController();
    const sentences = await sample({ rows: 2, signal: stop.signal, onSentence: ({ attempt }) => attempt === 5 && stop.abort() });
    expect(sentences.length).toBeGreaterThanOrEqual(1);
    expect(sentences.length).toBeLessThan(8);
  });
});
