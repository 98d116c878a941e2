import { resolve } from "node:path";
import Table from "cli-table3";
import type { Command } from "commander";
import { runSideBySide, type FamilySideBySide } from "@topogenie/core";
import { plainTable } from "../plain-table.js";
import { ProgressLine } from "../progress-line.js";
import { reportPackage } from "../report-package.js";
import { workOptions, writeReport } from "../run-work.js";
import type { Session } from "../session.js";
import { configOfSet } from "./evaluate.js";
import { addConfigOptions, addSetOptions, type RunOptions } from "./run-options.js";
import { wholeNumberFrom } from "./whole-number.js";

interface SideBySideOptions extends RunOptions {
  readonly config?: string;
  readonly humans: string;
  readonly labels?: string;
  readonly families: string;
  readonly candidates: number;
  readonly screening: number;
  readonly simulations: number;
}

export function addSideBySideCommand(program: Command, session: Session): void {
  const command = program
    .command("side-by-side")
    .summary("size the best generated beside the best human-designed circuit of each family, alike")
    .argument("<set>", "what was generated: a run's folder, netlists, a .jsonl corpus file, or token files")
    .requiredOption("--humans <path>", "human-designed circuits: a folder, archive or .jsonl corpus file")
    .option("--families <names>", "separated by commas", "opamp,ldo,bandgap,comparator,vco,power-converter")
    .option("--candidates <number>", "circuits of each origin that are screened", wholeNumberFrom(1), 20)
    .option("--screening <number>", "simulations for each candidate", wholeNumberFrom(1), 60)
    .option("--simulations <number>", "simulations for the best of each origin", wholeNumberFrom(1), 500);
  addConfigOptions(addSetOptions(command))
    .addHelpText(
      "after",
      "\nExample:\n  topogenie side-by-side runs/opamp --humans AnalogGenie.tar.gz --labels examples/analoggenie/labels.yaml --families opamp",
    )
    .action(async (set: string, options: SideBySideOptions) => {
      const loaded = await configOfSet(set, options);
      const tag = options.tag ?? "side-by-side";
      const work = workOptions(loaded, options, session, tag);
      const line = new ProgressLine();
      line.begin("Generated beside human-designed circuits");
      const { families, deviceTypes } = await runSideBySide({
        ...work,
        set: resolve(set),
        humans: resolve(options.humans),
        labels: options.labels,
        families: options.families.split(",").map((name) => name.trim()),
        candidates: options.candidates,
        screening: options.screening,
        simulations: options.simulations,
        onProgress: (update) => line.update(update),
      });
      const { renderSideBySide } = await reportPackage();
      const html = await renderSideBySide({ tag, seed: loaded.config.seed, families, deviceTypes });
      const { report, where } = await writeReport(work.runPath, html, "side-by-side.json");
      line.end(`${families.length} families`);
      session.output().result(`${asTable(families)}\n\n${where}`, {
        run: work.runPath,
        report,
        families: families.map(({ sizing, sides }) => ({ family: sizing.family, sides })),
      });
    });
}

function asTable(families: readonly FamilySideBySide[]): string {
  const table = new Table({
    ...plainTable,
    head: ["family", "origin", "fitting", "functional", "on spec", "best", "figure of merit", "it is"],
  });
  for (const { sizing, sides } of families) {
    for (const { origin, fitting, functional, onSpec, best } of sides) {
      const verdict = best?.onSpec === true ? "on spec" : best?.functional === true ? "functional" : "not functional";
      table.push([
        sizing.family,
        origin,
        fitting,
        `${functional.count} of ${functional.of}`,
        `${onSpec.count} of ${onSpec.of}`,
        best?.name ?? "–",
        best?.figureOfMerit === undefined ? "–" : `${Number(best.figureOfMerit.toPrecision(4))} ${sizing.figureOfMerit.unit}`,
        best === undefined ? "–" : verdict,
      ]);
    }
  }
  return table.toString();
}
