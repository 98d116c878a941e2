import { describe, expect, it } from "vitest";
import { frontAxes, frontChart } from "../src/plots/front-chart.js";
import { renderReport } from "../src/render-report.js";
import { sampleReport } from "./fixtures/report-data.js";

const report = sampleReport();
const { sizing } = report;
if (sizing === undefined) throw new Error("the sample report has no sizing");
const two = { ...sizing, objectives: ["gbw", "figureOfMerit"] };
const point = (gbw: number, figureOfMerit: number) => ({ sizes: [], bias: [], measured: { gbw }, figureOfMerit });
const front = [point(3e6, 900), point(1e6, 1200), point(2e6, 1000)];

describe("the Pareto front in a report", () => {
  it("is drawn by its first two objectives, in order along the first", () => {
    const chart = frontChart({ front }, frontAxes(two));
    expect(chart?.title).toContain("Gain-bandwidth product: higher is better; FoM: higher is better");
    expect(chart?.option.series).toMatchObject([
      {
        data: [
          [1e6, 1200],
          [2e6, 1000],
          [3e6, 900],
        ],
      },
    ]);
  });

  it("is not drawn with one objective, nor where nothing is on spec", () => {
    expect(frontChart({ front }, frontAxes(sizing))).toBeUndefined();
    expect(frontChart({ front: [] }, frontAxes(two))).toBeUndefined();
  });

  it("stands in the report with every sizing of it, and says where there is none", async () => {
    const [first, ...others] = sizing.circuits;
    if (first === undefined) throw new Error("the sample report has no circuit");
    const circuits = [{ ...first, front }, ...others.map((circuit) => ({ ...circuit, front: [] }))];
    const html = await renderReport({ ...report, sizing: { ...two, circuits } });
    expect(html).toContain("Pareto front: sizings on spec of which none is better in all");
    expect(html).toContain("1.2k");
    expect(html).toContain("No sizing is on spec, so there is no Pareto front.");
    expect(await renderReport(report)).not.toContain("Pareto front");
  });
});

it("a report says what beginning with biased transistors was worth", async () => {
  const count = (functional: number, onSpec: number) => ({ functional, onSpec });
  const firstGuess = { circuits: 24, unguessed: 2, atDefault: count(9, 0), atFirstGuess: count(17, 1), atAnyGuess: count(19, 3) };
  const html = await renderReport({ ...report, sizing: { ...sizing, firstGuess } });
  for (const text of ["9 of 24", "17 of 24", "19 of 24", "No guess could be made for 2 of them"]) expect(html).toContain(text);
  expect(await renderReport(report)).not.toContain("first guess");
});
