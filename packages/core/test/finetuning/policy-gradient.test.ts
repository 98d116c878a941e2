import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LanguageModel, TokenBatch } from "../../src/contracts/model-backend.js";
import { advantagesOf } from "../../src/finetuning/policy-gradient.js";
import { sentenceChances } from "../../src/finetuning/sentence-chances.js";

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe("advantages", () => {
  it("are centred in every group, in units of its deviation, and ordered as the rewards", () => {
    const rewarded = fc.record({ group: fc.constantFrom("opamp", "vco"), reward: fc.double({ min: -5, max: 5, noNaN: true }) });
    fc.assert(
      fc.property(fc.array(rewarded, { minLength: 1, maxLength: 30 }), (given) => {
        const advantages = advantagesOf(given);
        for (const group of new Set(given.map((one) => one.group))) {
          const own = given.flatMap((one, index) =>
            one.group === group ? [{ ...one, advantage: advantages[index] ?? NaN }] : [],
          );
          expect(mean(own.map(({ advantage }) => advantage))).toBeCloseTo(0, 6);
          const deviation = Math.sqrt(mean(own.map(({ advantage }) => advantage ** 2)));
          expect(deviation < 1e-6 || Math.abs(deviation - 1) < 1e-6).toBe(true);
          for (const a of own)
            for (const b of own) if (a.reward > b.reward) expect(a.advantage).toBeGreaterThanOrEqual(b.advantage);
        }
      }),
    );
  });

  it("are nothing where all are worth the same", () => {
    expect(advantagesOf([1, 1, 1].map((reward) => ({ group: "opamp", reward })))).toEqual([0, 0, 0]);
  });
});

/** Logits that are the token that was just read, and the next ones less and less. */
const falling = {
  config: { vocabularySize: 6 },
  logits: ({ rows, length, tokens }: TokenBatch) =>
    Promise.resolve(
      Float32Array.from({ length: rows * length * 6 }, (_, at) => -(((at % 6) - (tokens[Math.floor(at / 6)] ?? 0) + 6) % 6)),
    ),
} as unknown as LanguageModel;

describe("chances of a sentence", () => {
  it("are those among the allowed tokens at the temperature, whatever shares its row", async () => {
    const sentences = [Int32Array.of(1, 3, 4, 2), Int32Array.of(1, 5, 2)];
    const allowed = [[3], [4, 5], [2, 3]];
    const grammar = () => {
      let at = 0;
      let hurries = false;
      return {
        allowedNext: (mask: Uint8Array) => {
          mask.fill(0);
          for (const token of (hurries ? allowed[at]?.slice(0, 1) : allowed[at]) ?? []) mask[token] = 1;
        },
        endSoon: () => {
          hurries = true;
        },
        push: () => {
          at++;
        },
        finished: false,
      };
    };
    const { signal } = new AbortController();
    const request = {
      model: falling,
      sentences: sentences.slice(0, 1),
      endSoonAt: (): number | undefined => undefined,
      temperature: 2,
      rows: 1,
      length: 8,
      signal,
    };
    const [one] = await sentenceChances({ ...request, grammar });
    expect([...(one?.wasChoice ?? [])]).toEqual([0, 1, 1]);
    const expected = [0, -Math.log(1 + Math.exp(-1 / 2)), -Math.log(1 + Math.exp(-1 / 2))];
    expected.forEach((chance, place) => expect(one?.logChances[place]).toBeCloseTo(chance, 5));
    const [hurried] = await sentenceChances({ ...request, grammar, endSoonAt: () => 2 });
    expect([...(hurried?.wasChoice ?? [])]).toEqual([0, 1, 0]);
    expect(hurried?.logChances[2]).toBeCloseTo(0, 5);
    const free = { ...request, grammar: undefined };
    const [alone] = await sentenceChances(free);
    const [shared] = await sentenceChances({ ...free, sentences });
    expect(shared?.logChances).toEqual(alone?.logChances);
  });
});
