import type { CorpusSummary, EncodingSummary, ReportData, TrainingSummary } from "@topogenie/core";
import { type Cell, dataTable } from "../html/data-table.js";
import { markup, type Html } from "../html/html.js";
import { formatCount, formatNumber } from "../html/number-format.js";
import { absent, type Section } from "../html/page.js";
import { deviceCountChart } from "../plots/device-count-chart.js";
import { lossChart } from "../plots/loss-chart.js";
import { figure } from "./circuit-sections.js";

/** Rows beyond this only lengthen the file: they are counted, not listed. */
const LISTED = 100;

function facts(caption: string, rows: readonly (readonly [string, string | number])[]): Html {
  return dataTable(
    caption,
    [{ title: "Quantity" }, { title: "Value", numeric: true }],
    rows.map(([name, value]) => [name, typeof value === "number" ? { content: formatCount(value), value } : value]),
  );
}

export function trainingSection(training: TrainingSummary | undefined, generation: ReportData["generation"]): Section {
  if (training === undefined) return { id: "training", title: "Training", body: absent("train", "training") };
  if (training.parameters === 0) {
    const body = markup`<p>
      Nothing was trained: whole blocks of the training circuits were joined at random, the plain baseline of a generator.
    </p>`;
    return { id: "training", title: "Training", body };
  }
  const last = training.curve.at(-1);
  const validation = training.curve
    .flatMap(({ validationLoss }) => (validationLoss === undefined ? [] : [validationLoss]))
    .at(-1);
  const chart = lossChart(training.curve);
  return {
    id: "training",
    title: "Training",
    body: markup`<p>
        A decoder-only transformer learns to continue the walk over a circuit’s pins, one token at a time. The validation circuits
        share no topology with the training circuits, so their loss shows what was learnt and not what was memorised.
      </p>
      <div class="figures">
        ${chart === undefined ? undefined : figure("loss", chart)}
        ${facts("Training", [
          ["Backend", training.backend],
          ...(training.from === undefined ? [] : [["Begun from", startText(training.from)] as const]),
          ["Parameters", training.parameters],
          ["Optimizer steps", training.steps],
          ["Tokens seen", training.tokens],
          ...(last === undefined ? [] : [["Training loss, last (nats a token)", formatNumber(last.trainingLoss)] as const]),
          ...(validation === undefined ? [] : [["Validation loss, last (nats a token)", formatNumber(validation)] as const]),
          ...(generation === undefined
            ? []
            : [
                ["Attempts generated", generation.attempts] as const,
                ["Tokens generated", generation.tokens] as const,
                ["Temperature", formatNumber(generation.temperature)] as const,
              ]),
        ])}
      </div>`,
  };
}

/** The steps and tokens of the table are those of this run alone. */
function startText({ name, steps, tokens }: NonNullable<TrainingSummary["from"]>): string {
  return `${name}, trained in ${formatCount(steps)} steps${tokens === undefined ? "" : ` on ${formatCount(tokens)} tokens`}`;
}

export function encodingSection(encoding: EncodingSummary | undefined): Section {
  if (encoding === undefined) return { id: "encoding", title: "Encoding", body: absent("encode", "encoding") };
  const { notEncodable } = encoding;
  const left = notEncodable.length - LISTED;
  return {
    id: "encoding",
    title: "Encoding",
    body: markup`<p>Circuits become token sequences. Training and validation are split by topology, never by sequence.</p>
      ${facts("Encoding", [
        ["Scheme", encoding.scheme],
        ["Tokens in the vocabulary", encoding.vocabulary],
        ["Training circuits", encoding.trainingCircuits],
        ["Validation circuits", encoding.validationCircuits],
        ["Sequences", encoding.sequences],
        ["Median length (tokens)", encoding.medianTokens],
        ["Longest (tokens)", encoding.longestTokens],
        ["Circuits that could not be encoded", notEncodable.length],
      ])}
      ${
        notEncodable.length === 0
          ? undefined
          : markup`<details>
              <summary>Circuits that could not be encoded</summary>
              ${dataTable(
                "Not encodable",
                [{ title: "Circuit" }, { title: "Reason" }],
                notEncodable.slice(0, LISTED).map(({ circuit, reason }) => [circuit, reason]),
              )}
              ${left > 0 ? markup`<p class="note">and ${formatCount(left)} more.</p>` : undefined}
            </details>`
      }`,
  };
}

export function corpusSection(corpus: CorpusSummary | undefined, generated: readonly number[]): Section {
  const chart = deviceCountChart(generated, corpus?.deviceCounts ?? []);
  const sizes = chart === undefined ? undefined : figure("device-counts", chart);
  if (corpus === undefined) return { id: "corpus", title: "Corpus", body: markup`${absent("corpus", "corpus")}${sizes}` };
  const left = corpus.rejected.length - LISTED;
  const rejected = corpus.rejected
    .slice(0, LISTED)
    .map(({ source, line, reason }): Cell[] => [
      { content: source },
      line === undefined ? { content: "" } : { content: String(line), value: line },
      { content: reason },
    ]);
  return {
    id: "corpus",
    title: "Corpus",
    body: markup`<p>
        ${formatCount(corpus.circuits)} circuits of ${formatCount(corpus.topologies)} topologies: two circuits are one topology
        when renaming devices and nets and swapping interchangeable pins turns one into the other.
      </p>
      <div class="figures">
        ${sizes}
        ${facts(
          "Circuits by source",
          corpus.sources.map(({ name, circuits }) => [name, circuits] as const),
        )}
      </div>
      ${
        rejected.length === 0
          ? markup`<p class="note">No file was rejected.</p>`
          : markup`<h3>Rejected files</h3>
              ${dataTable(`${formatCount(corpus.rejected.length)} rejected`, [{ title: "File" }, { title: "Line", numeric: true }, { title: "Reason" }], rejected, { sortable: true })}
              ${left > 0 ? markup`<p class="note">and ${formatCount(left)} more.</p>` : undefined}`
      }`,
  };
}

export function reproduceSection({ tag, seed, versions, config }: ReportData): Section {
  const rows = Object.entries(versions).sort(([one], [other]) => (one < other ? -1 : 1));
  return {
    id: "reproduce",
    title: "Reproduce",
    body: markup`<p>
        The same configuration, seed and versions give this same report, whatever the number of workers. Save the configuration
        below as <code>topogenie.config.yaml</code>, then:
      </p>
      <pre>topogenie discover topogenie.config.yaml</pre>
      ${dataTable("Run", [{ title: "Item" }, { title: "Value" }], [["Tag", tag], ["Seed", String(seed)], ...rows.map(([name, version]) => [name, version])])}
      <details>
        <summary>Resolved configuration</summary>
        <p class="tools"><button type="button" data-copy="config" hidden>Copy</button></p>
        <pre id="config">${config}</pre>
      </details>`,
  };
}
