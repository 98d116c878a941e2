import { describe, expect, it } from "vitest";
import { learningRateAt, learningRateSchema } from "../../src/language-model/learning-rate.js";

describe("the learning rate", () => {
  it("warms up linearly to its peak", () => {
    const schedule = learningRateSchema.parse({ peak: 1, warmupSteps: 4 });
    expect([0, 1, 2, 3].map((step) => learningRateAt(schedule, step, 100))).toEqual([0.25, 0.5, 0.75, 1]);
  });

  it("falls by a cosine from the peak to the final fraction", () => {
    const schedule = learningRateSchema.parse({ kind: "cosine", peak: 2, warmupSteps: 0, finalFraction: 0.1 });
    expect(learningRateAt(schedule, 0, 100)).toBeCloseTo(2);
    expect(learningRateAt(schedule, 50, 100)).toBeCloseTo(1.1);
    expect(learningRateAt(schedule, 100, 100)).toBeCloseTo(0.2);
  });

  it("stays at the peak and falls linearly over the last part", () => {
    const schedule = learningRateSchema.parse({
      kind: "warmup-stable-decay",
      peak: 1,
      warmupSteps: 0,
      finalFraction: 0,
      decayFraction: 0.2,
    });
    expect([0, 40, 80, 90, 100].map((step) => learningRateAt(schedule, step, 100))).toEqual([1, 1, 1, 0.5, 0]);
  });
});
