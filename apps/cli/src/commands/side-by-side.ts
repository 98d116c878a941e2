import { join, relative, resolve } from "node:path";
import Table from "cli-table3";
import { InvalidArgumentError, type Command } from "commander";
import { runSideBySide, writeAtomic, type FamilySideBySide } from "@topogenie/core";
import { renderSideBySide } from "@topogenie/report";
import { builtInPlugins } from "../built-in-plugins.js";
import { plainTable } from "../plain-table.js";
import { ProgressLine } from "../progress-line.js";
import type { Session } from "../session.js";
import { versions } from "../versions.js";
import { configOfSet } from "./evaluate.js";
import { addConfigOptions, type RunOptions } from "./run-options.js";

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
    .option("--labels <file>", "file that says what numbered circuits are, as examples/analoggenie/labels.yaml does")
    .option("--families <names>", "separated by commas", "opamp,ldo,bandgap,comparator,vco,power-converter")
    .option("--candidates <number>", "circuits of each origin that are screened", positive, 20)
    .option("--screening <number>", "simulations for each candidate", positive, 60)
    .option("--simulations <number>", "simulations for the best of each origin", positive, 500)
    .option("--config <file>", "config whose simulator, models and optimizer are used; a run's own unless given");
  addConfigOptions(command)
    .addHelpText(
      "after",
      "\nExample:\n  topogenie side-by-side runs/opamp --humans AnalogGenie.tar.gz --labels examples/analoggenie/labels.yaml --families opamp",
    )
    .action(async (set: string, options: SideBySideOptions) => {
      const loaded = await configOfSet(set, options);
      const tag = options.tag ?? "side-by-side";
      const runPath = resolve(loaded.config.runs, tag);
      const line = new ProgressLine();
      line.begin("Generated beside human-designed circuits");
      const { families, deviceTypes } = await runSideBySide({
        set: resolve(set),
        humans: resolve(options.humans),
        labels: options.labels,
        families: options.families.split(",").map((name) => name.trim()),
        candidates: options.candidates,
        screening: options.screening,
        simulations: options.simulations,
        loaded,
        runPath,
        resume: options.resume === true,
        builtIn: builtInPlugins,
        versions: versions(),
        logger: session.output(),
        signal: session.signal,
        onProgress: (update) => line.update(update),
      });
      const report = join(runPath, "report.html");
      await writeAtomic(report, await renderSideBySide({ tag, seed: loaded.config.seed, families, deviceTypes }));
      line.end(`${families.length} families`);
      const text = `${asTable(families)}\n\nReport: ${relative(process.cwd(), report)}\nData:   ${relative(process.cwd(), runPath)}/side-by-side.json`;
      session.output().result(text, {
        run: runPath,
        report,
        families: families.map(({ sizing, sides }) => ({ family: sizing.family, sides })),
      });
    });
}

function positive(text: string): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1) throw new InvalidArgumentError("expected a whole number from 1");
  return number;
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
