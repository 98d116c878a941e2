import { join, relative, resolve } from "node:path";
import Table from "cli-table3";
import type { Command } from "commander";
import {
  experimentSchema,
  loadConfigOf,
  pipelineStages,
  runExperiment,
  writeAtomic,
  type ExperimentEvent,
  type ExperimentSummary,
  type Measured,
} from "@topogenie/core";
import { renderExperiment, renderReport } from "@topogenie/report";
import { builtInPlugins } from "../built-in-plugins.js";
import { plainTable } from "../plain-table.js";
import { ProgressLine } from "../progress-line.js";
import type { Session } from "../session.js";
import { versions } from "../versions.js";
import { collectOverrides, overridesOf, type RunOptions } from "./run-options.js";

export function addExperimentCommand(program: Command, session: Session): void {
  program
    .command("experiment")
    .summary("train variants of one config, evaluate each, and compare")
    .argument("<config>", "an experiment's config, such as examples/experiments/augmentation.yaml")
    .option("--set <key=value>", "set any value of the experiment's config; may be repeated", collectOverrides, [])
    .option("--tag <name>", "name of the run's folder (config key: tag)")
    .option("--runs <folder>", "folder of all runs (config key: runs)")
    .option("--workers <number>", "simulations at once (config key: workers)")
    .option("--resume", "go on with an experiment that was stopped, and skip what is done")
    .addHelpText("after", examples)
    .action(async (file: string, options: RunOptions) => {
      const loaded = await loadConfigOf(experimentSchema, file, overridesOf(options));
      const runPath = resolve(loaded.config.runs, loaded.config.tag);
      const line = new ProgressLine();
      const summary = await runExperiment({
        loaded,
        runPath,
        resume: options.resume === true,
        stages: pipelineStages(renderReport),
        builtIn: builtInPlugins,
        versions: versions(),
        logger: session.output(),
        signal: session.signal,
        onEvent: (event) => {
          show(line, event);
        },
      });
      const report = join(runPath, "report.html");
      await writeAtomic(report, renderExperiment(summary));
      const text = `${asTable(summary)}\n\nReport: ${relative(process.cwd(), report)}\nData:   ${relative(process.cwd(), runPath)}/experiment.json`;
      session.output().result(text, { run: runPath, report, ...summary });
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
