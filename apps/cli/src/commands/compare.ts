import { join, relative, resolve } from "node:path";
import Table from "cli-table3";
import type { Command } from "commander";
import {
  comparisonSchema,
  comparisonSummaryJson,
  loadConfigOf,
  runComparison,
  writeAtomic,
  type ComparisonSummary,
} from "@topogenie/core";
import { comparisonData, renderComparison } from "@topogenie/report";
import { builtInPlugins } from "../built-in-plugins.js";
import { plainTable } from "../plain-table.js";
import { ProgressLine } from "../progress-line.js";
import { addConfigOptions, overridesOf, type RunOptions } from "./run-options.js";
import type { Session } from "../session.js";
import { versions } from "../versions.js";

export function addCompareCommand(program: Command, session: Session): void {
  const command = program
    .command("compare")
    .summary("size the same circuits with several optimizers, and compare")
    .argument("<config>", "a comparison's config, such as examples/compare/compare.yaml");
  addConfigOptions(command)
    .addHelpText("after", "\nExample:\n  topogenie compare examples/compare/compare.yaml --set simulations=100 --set repeats=3")
    .action(async (file: string, options: RunOptions) => {
      const loaded = await loadConfigOf(comparisonSchema, file, overridesOf(options));
      const runPath = resolve(loaded.config.runs, loaded.config.tag);
      const line = new ProgressLine();
      line.begin("Compare optimizers");
      const { summary, trials } = await runComparison({
        loaded,
        runPath,
        resume: options.resume === true,
        builtIn: builtInPlugins,
        versions: versions(),
        logger: session.output(),
        signal: session.signal,
        onProgress: (update) => line.update(update),
      });
      for (const [name, content] of comparisonData(trials)) await writeAtomic(join(runPath, name), content);
      const report = join(runPath, "report.html");
      await writeAtomic(report, renderComparison(summary));
      line.end(`${trials.length} sizings of ${summary.simulations} simulations`);
      const text = `${asTable(summary)}\n\nReport: ${relative(process.cwd(), report)}\nData:   ${relative(process.cwd(), runPath)}/trials.csv, progress.csv and the same as .parquet`;
      session.output().result(text, { run: runPath, report, ...comparisonSummaryJson(summary) });
    });
}

function asTable(summary: ComparisonSummary): string {
  const head = ["optimizer", "mean rank", "on spec", "functional", `times fewer simulations than ${summary.baseline}`];
  const table = new Table({ ...plainTable, head });
  for (const { optimizer, meanRank, trials, onSpec, functional, speedup } of summary.optimizers) {
    table.push([
      optimizer,
      meanRank.toFixed(2),
      `${onSpec} of ${trials}`,
      `${functional} of ${trials}`,
      speedup === 0 ? "its result not reached" : speedup.toFixed(2),
    ]);
  }
  return table.toString();
}
