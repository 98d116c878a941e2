import type { ComparisonSummary, Quartiles } from "@topogenie/core";
import { describe, expect, it } from "vitest";
import { renderComparison } from "../src/render-comparison.js";

const all = (value: number): Quartiles => ({ lower: value, median: value, upper: value });

const summary: ComparisonSummary = {
  tag: "two <b>",
  seed: 1,
  simulations: 1000,
  repeats: 5,
  baseline: "ga",
  problems: [
    {
      problem: "miller",
      family: "opamp",
      circuit: "opamp-42",
      variables: 12,
      figureOfMerit: { name: "GBW CL / P", unit: "MHz pF / mW", better: "higher" },
      optimizers: [
        {
          optimizer: "ga",
          budget: 1000,
          trials: 5,
          functional: 5,
          onSpec: 4,
          simulationsToSpec: { lower: 120, median: 140, upper: Infinity },
          simulationsToBaseline: all(900),
          figureOfMerit: { lower: 700, median: 738.2, upper: 800 },
          curve: [500, 1000].map((simulations) => ({ simulations, violation: all(0), figureOfMerit: all(simulations) })),
          rank: 1,
        },
        {
          optimizer: "random",
          budget: 400,
          trials: 5,
          functional: 0,
          onSpec: 0,
          simulationsToSpec: all(Infinity),
          simulationsToBaseline: all(Infinity),
          figureOfMerit: all(-Infinity),
          curve: [500, 1000].map((simulations) => ({
            simulations,
            violation: all(Number.MAX_VALUE),
            figureOfMerit: all(-Infinity),
          })),
          rank: 2,
          probability: 2 / 252,
        },
      ],
    },
  ],
  optimizers: [
    { optimizer: "ga", meanRank: 1, trials: 5, functional: 5, onSpec: 4, speedup: 1000 / 900 },
    { optimizer: "random", meanRank: 2, trials: 5, functional: 0, onSpec: 0, speedup: 0 },
  ],
};

describe("report of a comparison", () => {
  const html = renderComparison(summary);

  it("shows medians with quartiles, and says where a goal was not reached", () => {
    expect(html).toContain("738 (700 to 800)");
    expect(html).toContain("140 (120 to not reached)");
    expect(html).toContain(">not reached<");
    expect(html).toContain("4 of 5");
    expect(html).toContain("0.0079");
    expect(html).toMatch(/random[^]*?400[^]*?0 of 5/);
  });

  it("draws a line for whoever found something, none for whoever did not", () => {
    expect(html.match(/<svg /g)).toHaveLength(2);
    expect(html).toContain("GBW CL / P of the best sizing on spec so far");
    expect(html.match(/>ga<\/text>/g)).toHaveLength(2);
    expect(html).not.toContain(">random</text>");
  });

  it("escapes what it shows, and is the same every time", () => {
    expect(html).toContain("two &lt;b&gt;");
    expect(renderComparison(summary)).toBe(html);
  });
});
