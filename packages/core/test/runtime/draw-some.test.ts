import fc from "fast-check";
import { expect, it } from "vitest";
import { drawSome } from "../../src/runtime/draw-some.js";
import { createRng } from "../../src/runtime/rng.js";

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

it("draws so many different items, in their own order, the same by the same seed", () => {
  fc.assert(
    fc.property(fc.nat(200), fc.nat(50), fc.nat(), (items, count, seed) => {
      const drawn = drawSome(upTo(items), count, createRng(seed));
      expect(drawn).toHaveLength(Math.min(items, count));
      expect(drawn).toEqual([...new Set(drawn)].sort((a, b) => a - b));
      expect(drawSome(upTo(items), count, createRng(seed))).toEqual(drawn);
    }),
  );
});

it("draws each item as often as any other", () => {
  const times = upTo(20).map(() => 0);
  for (let seed = 0; seed < 2000; seed++) {
    for (const item of drawSome(upTo(20), 5, createRng(seed))) times[item] = (times[item] ?? 0) + 1;
  }
  // 500 are expected, with a standard deviation of 19.
  for (const count of times) expect(Math.abs(count - 500)).toBeLessThan(100);
});
