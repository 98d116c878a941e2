import type { ExperimentSummary, ExperimentTrial, Measured, VariantSummary } from "@topogenie/core";
import { dataTable, type Cell } from "./html/data-table.js";
import { markup, trusted, type HtmlValue } from "./html/html.js";
import { formatCount, formatNumber, formatShare } from "./html/number-format.js";
import { page, type Section } from "./html/page.js";
import { renderChart } from "./plots/render-chart.js";
import { variantChart } from "./plots/variant-chart.js";
import { interval, rungLabels } from "./sections/ladder-section.js";

/** An experiment's results as one HTML file that needs no network: what was asked, what came out, on which machine, when. */
export function renderExperiment(summary: ExperimentSummary): string {
  const { title, tag, question, variants, seeds } = summary;
  return page(
    title,
    markup`<p class="note">Run <code>${tag}</code>: ${variants.length} variants, seeds ${seeds.join(", ")}</p>
      <p>${question}</p>`,
    [results(summary), ...findings(variants), trials(summary), conditions(summary)],
  );
}

function results({ measures, variants, seeds }: ExperimentSummary): Section {
  const charts = measures.flatMap((measure, index) => {
    const chart = variantChart(measure, variants);
    return chart === undefined
      ? []
      : [markup`<figure>${trusted(renderChart(`measure-${index + 1}`, chart))}<figcaption>${chart.title}.</figcaption></figure>`];
  });
  return {
    id: "results",
    title: "Results",
    body: markup`${dataTable(
      "Variants",
      [{ title: "Variant" }, { title: "Values" }, ...measures.map((measure) => ({ title: heading(measure), numeric: true }))],
      variants.map(({ variant, values, measured }) => [
        variant,
        {
          content: markup`${Object.entries(values).map(([key, value]) => markup`<code>${key}: ${JSON.stringify(value)}</code> `)}`,
        },
        ...measures.map((measure) => cell(measured[measure])),
      ]),
      { sortable: true },
    )}
      <p class="note">
        Rungs count attempts that passed them and all above, of all attempts${seeds.length > 1 ? " of all seeds" : ""}, with the Wilson
        95&nbsp;% interval. Other figures are means over the seeds, with the least and the most. “–”: not measured, or of a stage that was
        stopped on the way, whose time nobody knows.
      </p>
      <div class="figures">${charts}</div>`,
  };
}

function heading(measure: string): string {
  return measure in rungLabels
    ? rungLabels[measure as keyof typeof rungLabels]
    : `${measure.charAt(0).toUpperCase()}${measure.slice(1)}`;
}

function cell(measured: Measured | undefined): Cell {
  if (measured === undefined) return { content: "–" };
  if (measured.kind === "share") {
    const { count, of, low, high } = measured.share;
    return { content: markup`${formatShare(count / of)} <small>${interval(low, high)}</small>`, value: count / of };
  }
  const { mean, least, most, unit } = measured;
  const spread: HtmlValue =
    least === most ? undefined : markup` <small>(${formatNumber(least)} to ${formatNumber(most)})</small>`;
  return { content: markup`${formatNumber(mean)} ${unit}${spread}`, value: mean };
}

function findings(variants: readonly VariantSummary[]): Section[] {
  const found = variants.flatMap(({ variant, trials: some }) =>
    some.flatMap(({ seed, findings: texts }) => texts.map((text) => markup`<li><b>${variant}</b>, seed ${seed}: ${text}</li>`)),
  );
  return found.length === 0 ? [] : [{ id: "findings", title: "Diagnosis", body: markup`<ul>${found}</ul>` }];
}

function trials({ variants }: ExperimentSummary): Section {
  const rungs = (["decoded", "structural", "simulatable", "unique", "novel", "functional", "on-spec"] as const).filter((rung) =>
    variants.some(({ trials: some }) => some.some(({ passed }) => passed[rung] !== undefined)),
  );
  const seconds = (value: number | undefined): Cell =>
    value === undefined ? { content: "–" } : { content: formatNumber(value), value };
  const row = (trial: ExperimentTrial): (Cell | string)[] => [
    trial.variant,
    { content: String(trial.seed), value: trial.seed },
    { content: formatCount(trial.steps), value: trial.steps },
    { content: formatCount(trial.trainingTokens), value: trial.trainingTokens },
    seconds(trial.trainingSeconds),
    seconds(trial.validationLoss),
    { content: formatCount(trial.attempts), value: trial.attempts },
    ...rungs.map((rung): Cell => {
      const count = trial.passed[rung];
      return count === undefined ? { content: "–" } : { content: formatCount(count), value: count };
    }),
  ];
  return {
    id: "trials",
    title: "Every trial",
    body: dataTable(
      "One row a variant and seed",
      [
        { title: "Variant" },
        { title: "Seed", numeric: true },
        { title: "Steps", numeric: true },
        { title: "Tokens", numeric: true },
        { title: "Training, s", numeric: true },
        { title: "Validation loss", numeric: true },
        { title: "Attempts", numeric: true },
        ...rungs.map((rung) => ({ title: rungLabels[rung], numeric: true })),
      ],
      variants.flatMap(({ trials: some }) => some.map(row)),
      { sortable: true },
    ),
  };
}

function conditions({ machine, started, ended, seeds, simulations }: ExperimentSummary): Section {
  const rows = [
    ["Processor", `${machine.processor}, ${machine.cores} cores`],
    ["Memory", `${machine.memoryGiB} GiB`],
    ["System", `${machine.platform}, Node ${machine.node}`],
    ["Begun", started],
    ["Ended", ended],
    ["Seeds", seeds.join(", ")],
    ["Budget of the functional rungs", simulations === 0 ? "not tried" : `${formatCount(simulations)} simulations a circuit`],
  ];
  return {
    id: "conditions",
    title: "Machine, time and seeds",
    body: dataTable("Conditions", [{ title: "What" }, { title: "Value" }], rows),
  };
}
