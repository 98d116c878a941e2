import type { EvaluatedAttempt, EvaluationSummary, ExperimentSummary, Share } from "@topogenie/core";
import { describe, expect, it } from "vitest";
import { renderEvaluation } from "../src/render-evaluation.js";
import { renderExperiment } from "../src/render-experiment.js";
import { oneDevice } from "./fixtures/circuits.js";
import { deviceTypes } from "./fixtures/device-types.js";
import { parseHtml } from "./fixtures/parse-html.js";

const share = (count: number, of: number): Share => ({ count, of, low: 0, high: 1 });
const ladder: EvaluationSummary["ladder"] = {
  attempts: 3,
  rungs: [
    { name: "decoded", title: "", passed: 2, low: 0.2, high: 0.9 },
    { name: "structural", title: "", passed: 1, low: 0.1, high: 0.8 },
  ],
  failures: [
    { rung: "decoded", reason: "did not end", count: 1, example: "" },
    { rung: "structural", reason: "no-dangling-net", count: 1, example: "" },
  ],
  deviceCounts: [1, 1],
};
const evaluation: EvaluationSummary = {
  set: "samples",
  kind: "token files",
  seed: 1,
  simulations: 0,
  optimizer: "ga",
  supplyVolts: 1.8,
  ladder,
  families: [{ family: "opamp", ladder }],
  analogToBi: { validity: share(1, 3) },
  sizes: [{ from: 0, to: 9, simulatable: share(1, 2) }],
  findings: [{ signature: "no growth", text: "From 9 <devices> on", examples: ["a & b"] }],
};

const attempts: EvaluatedAttempt[] = [
  { attempt: 0, name: "run0.txt", failed: { rung: "decoded", reason: "did not end", message: "no end within 9 tokens" } },
  {
    attempt: 1,
    name: "run1.txt",
    circuit: oneDevice,
    deviceCount: 1,
    failed: { rung: "structural", reason: "no-dangling-net", message: "Net x ends" },
  },
  { attempt: 2, name: "run2.txt", circuit: oneDevice, deviceCount: 1 },
];

function idsOf(page: string): string[] {
  return parseHtml(page).elements.flatMap(({ attributes }) => (attributes.id === undefined ? [] : [attributes.id]));
}

describe("the page of an evaluation", () => {
  it("draws what failed at each rung with its reason, says what was not judged, and shows markup as text", async () => {
    const page = await renderEvaluation({ tag: "t", evaluation, attempts, deviceTypes });
    const { elements } = parseHtml(page);
    for (const words of [
      "no end within 9 tokens",
      "Net x ends",
      "novelty was not judged",
      "From 9 &lt;devices&gt; on",
      "a &amp; b",
    ]) {
      expect(page).toContain(words);
    }
    // The structural failure has a circuit to draw, the other has none.
    expect(elements.filter(({ attributes }) => attributes.class === "schematic")).toHaveLength(1);
    expect(page).toContain("There is no whole circuit to draw.");
    expect(new Set(idsOf(page)).size).toBe(idsOf(page).length);
  });
});

describe("the page of an experiment", () => {
  const summary: ExperimentSummary = {
    tag: "t",
    title: "Ablation",
    question: "Does it <help>?",
    measures: ["validation loss", "novel", "seconds a circuit"],
    seeds: [1, 2],
    simulations: 0,
    machine: { processor: "a processor", cores: 2, memoryGiB: 24, platform: "linux 6", node: "20.20.0" },
    started: "2026-01-01T00:00:00.000Z",
    ended: "2026-01-01T01:00:00.000Z",
    variants: ["one", "two"].map((variant, index) => ({
      variant,
      values: { "encode.walks": index },
      trials: [
        {
          variant,
          seed: 1,
          steps: 10,
          trainingTokens: 100,
          attempts: 20,
          passed: { decoded: 20, novel: 3 },
          findings: ["memorised: all"],
        },
      ],
      measured: {
        "validation loss": { kind: "number", mean: 1.5 + index, least: 1, most: 2, unit: "nats a token" },
        novel: { kind: "share", share: share(3, 20) },
      },
    })),
  };

  it("states machine, time and seeds, shows every variant, and does not make up what was not measured", () => {
    const page = renderExperiment(summary);
    for (const words of [
      "Does it &lt;help&gt;?",
      "a processor, 2 cores",
      summary.started,
      "encode.walks: 1",
      "memorised: all",
      "1, 2",
    ]) {
      expect(page).toContain(words);
    }
    // Two measures have a chart each, the third has no figure.
    expect(page.match(/class="chart"/g)).toHaveLength(2);
    expect(new Set(idsOf(page)).size).toBe(idsOf(page).length);
  });
});
