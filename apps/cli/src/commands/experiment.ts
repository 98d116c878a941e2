import Table from "cli-table3";
import type { Command } from "commander";
import {
  experimentSchema,
  loadConfigOf,
  pipelineStages,
  runExperiment,
  type ExperimentEvent,
  type ExperimentSummary,
  type Measured,
} from "@topogenie/core";
import { plainTable } from "../plain-table.js";
import { ProgressLine } from "../progress-line.js";
import { renderReport, reportPackage } from "../report-package.js";
import { workOptions, writeReport } from "../run-work.js";
import type { Session } from "../session.js";
import { addFolderOptions, overridesOf, type RunOptions } from "./run-options.js";

export function addExperimentCommand(program: Command, session: Session): void {
  const command = program
    .command("experiment")
    .summary("train variants of one config, evaluate each, and compare")
    .argument("<config>", "an experiment's config, such as examples/experiments/augmentation.yaml");
  addFolderOptions(command)
    .addHelpText("after", examples)
    .action(async (file: string, options: RunOptions) => {
      const loaded = await loadConfigOf(experimentSchema, file, overridesOf(options));
      const work = workOptions(loaded, options, session);
      const line = new ProgressLine();
      const summary = await runExperiment({
        ...work,
        stages: pipelineStages(renderReport),
        onEvent: (event) => {
          show(line, event);
        },
      });
      const { renderExperiment } = await reportPackage();
      const { report, where } = await writeReport(work.runPath, renderExperiment(summary), "experiment.json");
      session.output().result(`${asTable(summary)}\n\n${where}`, { run: work.runPath, report, ...summary });
    });
}

function show(line: ProgressLine, event: ExperimentEvent): void {
  if (event.kind === "trial") {
    const what = `${event.variant}, seed ${event.seed}`;
    line.begin(`Trial ${event.number} of ${event.of}: ${what}${event.isDone ? " (already done)" : ""}`);
  } else if (event.kind === "evaluation") line.update(event.update);
  else if (event.event.kind === "progress") line.update(event.event.update);
  else if (event.event.kind === "done") line.end(`${event.event.stage.name}: ${event.event.summary}`);
}

function asTable({ variants, measures }: ExperimentSummary): string {
  const table = new Table({ ...plainTable, head: ["variant", ...measures] });
  for (const { variant, measured } of variants) table.push([variant, ...measures.map((name) => inWords(measured[name]))]);
  return table.toString();
}

function inWords(measured: Measured | undefined): string {
  if (measured === undefined) return "–";
  if (measured.kind === "number") return `${Number(measured.mean.toPrecision(4))} ${measured.unit}`.trim();
  const { count, of, low, high } = measured.share;
  return `${count} of ${of} (${(100 * low).toFixed(0)}–${(100 * high).toFixed(0)} %)`;
}

const examples = `
Examples:
  topogenie experiment examples/experiments/augmentation.yaml
  topogenie experiment examples/experiments/generators.yaml --set 'seeds=[1,2,3]' --resume`;
