import { extname } from "node:path";
import Table from "cli-table3";
import type { Command } from "commander";
import {
  CircuitLabels,
  importCircuits,
  inspectCircuits,
  readCorpus,
  type Inspection,
  type LabelledCircuit,
  type PluginHost,
} from "@topogenie/core";
import { loadPlugins } from "../load-plugins.js";
import { plainTable } from "../plain-table.js";
import { ProgressLine } from "../progress-line.js";
import type { Session } from "../session.js";
import { labelsOption } from "./run-options.js";

const SHOWN = 12;

interface ReportedCircuits {
  readonly circuits: readonly LabelledCircuit[];
  /** What the reader mended or could not read, a line each. */
  readonly notes: readonly string[];
}

export function addCorpusReport(corpus: Command, session: Session): void {
  corpus
    .command("report")
    .summary("copies, broken rules and suspected mistakes in a collection of circuits")
    .argument("<path>", "a folder, archive, netlist or .jsonl corpus file")
    .addOption(labelsOption())
    .addHelpText("after", "\nExample:\n  topogenie corpus report AnalogGenie.tar.gz --labels examples/analoggenie/labels.yaml")
    .action(async (path: string, options: { labels?: string }) => {
      const host = await loadPlugins(session);
      const line = new ProgressLine();
      line.begin("Look through circuits");
      const labels = options.labels === undefined ? undefined : await CircuitLabels.read(options.labels);
      const { circuits, notes } = await read(path, labels, host, session, line);
      const inspection = inspectCircuits(circuits, await host.deviceTypes(), session.signal);
      await host.dispose();
      line.end(`${inspection.topologies} distinct topologies of ${inspection.circuits} circuits`);
      session.output().result(asText(inspection, notes), { ...inspection, notes });
    });
}

async function read(
  path: string,
  labels: CircuitLabels | undefined,
  host: PluginHost,
  session: Session,
  line: ProgressLine,
): Promise<ReportedCircuits> {
  if (extname(path) === ".jsonl") {
    const circuits: LabelledCircuit[] = [];
    for await (const { circuit, family } of readCorpus(path))
      circuits.push({ circuit, label: labels?.labelOf(circuit) ?? family });
    return { circuits, notes: [] };
  }
  const deviceTypes = await host.deviceTypes();
  const imported = await importCircuits(path, {
    deviceTypes,
    signal: session.signal,
    onProgress: (update) => line.update(update),
  });
  return {
    circuits: imported.circuits.map((circuit) => ({ circuit, label: labels?.labelOf(circuit) })),
    notes: [
      ...imported.rejected.map(({ file, line: number, reason }) => `${file}:${number}: left out: ${reason}`),
      ...imported.warnings.map(({ file, line: number, message }) => `${file}:${number}: ${message}`),
    ],
  };
}

function asText(inspection: Inspection, notes: readonly string[]): string {
  const { circuits, sound, rules, labels, duplicates, suspicions } = inspection;
  const percent = (count: number): string => `${((100 * count) / circuits).toFixed(1)} %`;
  const ruleTable = new Table({ ...plainTable, head: ["rule", "obeyed", "broken by", "for example"] });
  for (const { rule, circuits: names, examples } of rules) {
    const [first] = examples;
    const example = first === undefined ? "" : `${first.circuit}: ${first.message}`;
    ruleTable.push([rule, percent(circuits - names.length), names.length, example.slice(0, 110)]);
  }
  ruleTable.push(["all of them", percent(sound), circuits - sound, ""]);
  const labelTable = new Table({ ...plainTable, head: ["label", "circuits"] });
  for (const [label, count] of Object.entries(labels)) labelTable.push([label, count]);
  return [
    ruleTable.toString(),
    labelTable.toString(),
    section(
      "One topology drawn more than once",
      duplicates.map((names) => names.join(", ")),
    ),
    section(
      "Suspected mistakes",
      suspicions.map(({ circuit, message }) => `${circuit}: ${message}`),
    ),
    section("Read with corrections", notes),
  ].join("\n\n");
}

function section(title: string, lines: readonly string[]): string {
  if (lines.length === 0) return `${title}: none`;
  const more = lines.length > SHOWN ? [`… and ${lines.length - SHOWN} more; all of them with --json`] : [];
  return [`${title}: ${lines.length}`, ...[...lines.slice(0, SHOWN), ...more].map((line) => `  ${line}`)].join("\n");
}
