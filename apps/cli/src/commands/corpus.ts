import { basename, join, resolve } from "node:path";
import Table from "cli-table3";
import type { Command } from "commander";
import {
  collectCorpus,
  CorpusCollection,
  TopogenieError,
  writeJsonLines,
  type CorpusImport,
  type CorpusSummary,
} from "@topogenie/core";
import { loadPlugins } from "../load-plugins.js";
import { plainTable } from "../plain-table.js";
import { addCorpusReport } from "./corpus-report.js";
import { ProgressLine } from "../progress-line.js";
import type { Session } from "../session.js";
import { labelsOption } from "./run-options.js";

const SHOWN_REJECTIONS = 20;

export function addCorpusCommands(program: Command, session: Session): void {
  const corpus = program.command("corpus").summary("gather circuits: import netlists, build the built-in seeds, report on them");
  addCorpusReport(corpus, session);
  corpus
    .command("import")
    .summary("read netlists from a folder, a .tar.gz or a file")
    .argument("<path>", "an AnalogGenie checkout or archive, a folder of SPICE netlists, or one netlist")
    .option("--out <file>", "corpus file to write; corpus/NAME.jsonl unless given")
    .addOption(labelsOption())
    .option("--rules <what>", "require: leave out circuits that break an electrical rule; report: keep them", "require")
    .addHelpText(
      "after",
      "\nExample:\n  topogenie corpus import AnalogGenie.tar.gz --labels examples/analoggenie/labels.yaml --out corpus/analoggenie.jsonl\n  topogenie discover --set corpus.families=[] --set corpus.imports=[corpus/analoggenie.jsonl]",
    )
    .action(async (path: string, options: { out?: string; labels?: string; rules: string }) => {
      const name = basename(path).replace(/\.(tar\.gz|tgz|[a-z]+)$/i, "");
      await gather(
        session,
        { families: [], imports: [{ path, labels: options.labels }], rules: rulesOf(options.rules) },
        options.out ?? join("corpus", `${name}.jsonl`),
      );
    });
  corpus
    .command("build")
    .summary("write the seed topologies of circuit families")
    .argument("[families...]", "families; all that are loaded unless given")
    .option("--out <file>", "corpus file to write", "corpus/seeds.jsonl")
    .addHelpText("after", "\nExample:\n  topogenie corpus build opamp --out corpus/opamp.jsonl")
    .action(async (families: string[], options: { out: string }) => {
      await gather(session, { families, imports: [], rules: "require" }, options.out);
    });
}

async function gather(
  session: Session,
  what: { families: readonly string[]; imports: readonly CorpusImport[]; rules: "require" | "report" },
  out: string,
): Promise<void> {
  const host = await loadPlugins(session);
  const line = new ProgressLine();
  line.begin("Gather circuits");
  const collection = new CorpusCollection(await host.deviceTypes(), what);
  const families =
    what.families.length === 0 && what.imports.length === 0 ? host.registry.names("circuit-family") : what.families;
  await collectCorpus({
    collection,
    host,
    families,
    imports: what.imports,
    seed: 0, // nothing is drawn: all seeds are taken
    folder: process.cwd(),
    signal: session.signal,
    onProgress: (update) => line.update(update),
  });
  await host.dispose();
  await writeJsonLines(resolve(out), collection.entries);
  const summary = collection.summary();
  line.end(`${summary.topologies} distinct topologies of ${summary.circuits} circuits`);
  session.output().result(`${rejections(summary)}Wrote ${out}`, { file: resolve(out), ...summary });
}

function rejections(summary: CorpusSummary): string {
  if (summary.rejected.length === 0) return "";
  const table = new Table({ ...plainTable, head: ["where", "line", "why"] });
  for (const { source, line, reason } of summary.rejected.slice(0, SHOWN_REJECTIONS))
    table.push([source, line ?? "", reason.slice(0, 120)]);
  const more = summary.rejected.length - SHOWN_REJECTIONS;
  return `${table.toString()}\n${more > 0 ? `… and ${more} more; all of them with --json\n` : ""}`;
}

function rulesOf(text: string): "require" | "report" {
  if (text === "require" || text === "report") return text;
  throw new TopogenieError("OPTION_INVALID", `--rules ${text}: expected require or report.`);
}
