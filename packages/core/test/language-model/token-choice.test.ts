import { describe, expect, it } from "vitest";
import { TokenChooser } from "../../src/language-model/token-choice.js";
import { createRng } from "../../src/runtime/rng.js";

const logits = Float32Array.from([0, 1, 2, 3, 4].map((weight) => (weight === 0 ? Number.NEGATIVE_INFINITY : Math.log(weight))));
const all = new Uint8Array(5).fill(1);

function shares(settings: { temperature?: number; topK?: number; topP?: number }, mask = all): number[] {
  const chooser = new TokenChooser(5, { temperature: 1, topK: 0, topP: 1, ...settings });
  const rng = createRng("choice");
  const counts = new Array<number>(5).fill(0);
  for (let draw = 0; draw < 20_000; draw++) {
    const id = chooser.choose(logits, mask, rng);
    counts[id] = (counts[id] ?? 0) + 1 / 20_000;
  }
  return counts;
}

function expectShares(found: number[], expected: readonly number[]): void {
  found.forEach((share, id) => expect(share, `token ${id}`).toBeCloseTo(expected[id] ?? 0, 1.7));
}

describe("choosing a token", () => {
  it("draws by the softmax of the logits", () => expectShares(shares({}), [0, 0.1, 0.2, 0.3, 0.4]));

  it("sharpens and flattens with the temperature", () => {
    expectShares(shares({ temperature: 0.5 }), [0, 1 / 30, 4 / 30, 9 / 30, 16 / 30]);
    expectShares(shares({ temperature: 0 }), [0, 0, 0, 0, 1]);
  });

  it("keeps the k likeliest", () => expectShares(shares({ topK: 2 }), [0, 0, 0, 3 / 7, 4 / 7]));

  it("keeps the likeliest up to a probability, the one that reaches it included", () => {
    expectShares(shares({ topP: 0.39 }), [0, 0, 0, 0, 1]);
    expectShares(shares({ topP: 0.5 }), [0, 0, 0, 3 / 7, 4 / 7]);
  });

  it("never takes a token that the mask forbids", () => {
    expectShares(shares({}, Uint8Array.of(1, 1, 1, 0, 0)), [0, 1 / 3, 2 / 3, 0, 0]);
    expectShares(shares({ temperature: 0 }, Uint8Array.of(1, 1, 1, 0, 0)), [0, 0, 1, 0, 0]);
  });
});
