import { join } from "node:path";
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
import { plainTable } from "../plain-table.js";
import { ProgressLine } from "../progress-line.js";
import { reportPackage } from "../report-package.js";
import { workOptions, writeReport } from "../run-work.js";
import type { Session } from "../session.js";
import { addConfigOptions, overridesOf, type RunOptions } from "./run-options.js";

export function addCompareCommand(program: Command, session: Session): void {
  const command = program
    .command("compare")
    .summary("size the same circuits with several optimizers, and compare")
    .argument("<config>", "a comparison's config, such as examples/compare/compare.yaml");
  addConfigOptions(command)
    .addHelpText("after", "\nExample:\n  topogenie compare examples/compare/compare.yaml --set simulations=100 --set repeats=3")
    .action(async (file: string, options: RunOptions) => {
      const loaded = await loadConfigOf(comparisonSchema, file, overridesOf(options));
      const work = workOptions(loaded, options, session);
      const line = new ProgressLine();
      line.begin("Compare optimizers");
      const { summary, trials } = await runComparison({
        ...work,
        onProgress: (update) => line.update(update),
      });
      const { comparisonData, renderComparison } = await reportPackage();
      for (const [name, content] of comparisonData(trials)) await writeAtomic(join(work.runPath, name), content);
      const data = "trials.csv, progress.csv and the same as .parquet";
      const { report, where } = await writeReport(work.runPath, renderComparison(summary), data);
      line.end(`${trials.length} sizings of ${summary.simulations} simulations`);
      const text = `${asTable(summary)}\n\n${where}`;
      session.output().result(text, { run: work.runPath, report, ...comparisonSummaryJson(summary) });
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
