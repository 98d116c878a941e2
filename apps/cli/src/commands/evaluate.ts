import { basename, resolve } from "node:path";
import Table from "cli-table3";
import type { Command } from "commander";
import {
  configOfRun,
  defaultConfig,
  isRun,
  loadConfig,
  runEvaluation,
  type EvaluationSummary,
  type Ladder,
  type LoadedConfig,
  type Override,
  type Share,
} from "@topogenie/core";
import { plainTable } from "../plain-table.js";
import { ProgressLine } from "../progress-line.js";
import { reportPackage } from "../report-package.js";
import { workOptions, writeReport } from "../run-work.js";
import type { Session } from "../session.js";
import { addConfigOptions, addSetOptions, overridesOf, type RunOptions } from "./run-options.js";
import { wholeNumberFrom } from "./whole-number.js";

interface EvaluateOptions extends RunOptions {
  readonly config?: string;
  readonly corpus?: string;
  readonly labels?: string;
  readonly family?: string;
  readonly simulations: number;
}

export function addEvaluateCommand(program: Command, session: Session): void {
  const command = program
    .command("evaluate")
    .summary("climb the whole ladder, rungs 1 to 7, with any set of circuits")
    .argument(
      "<set>",
      "a run's folder, a folder, archive or file of netlists, a .jsonl corpus file, or token files (A->B->…->TRUNCATE)",
    )
    .option("--corpus <path>", "the circuits that the generator was trained on: without them novelty is not judged")
    .option("--family <name>", "judge every circuit as one of this family; else as what was asked for, labelled, or recognised")
    .option("--simulations <number>", "budget of rungs 6 and 7 for each circuit; 0 leaves them out", wholeNumberFrom(0), 200);
  addConfigOptions(addSetOptions(command))
    .addHelpText("after", examples)
    .action(async (set: string, options: EvaluateOptions) => {
      const loaded = await configOfSet(set, options);
      const tag = options.tag ?? `evaluate-${basename(resolve(set)).replace(/\.(tar\.gz|tgz|[a-z]+)$/i, "")}`;
      const work = workOptions(loaded, options, session, tag);
      const line = new ProgressLine();
      line.begin(`Evaluate ${set}`);
      const { evaluation, attempts, deviceTypes } = await runEvaluation({
        ...work,
        set: resolve(set),
        corpus: options.corpus === undefined ? undefined : resolve(options.corpus),
        labels: options.labels,
        family: options.family,
        simulations: options.simulations,
        onProgress: (update) => line.update(update),
      });
      const { renderEvaluation } = await reportPackage();
      const html = await renderEvaluation({ tag, evaluation, attempts, deviceTypes });
      const { report, where } = await writeReport(work.runPath, html, "evaluation.json, attempts.jsonl");
      line.end(`${evaluation.ladder.attempts} attempts`);
      const text = [
        asTable(evaluation),
        measures(evaluation),
        ...evaluation.findings.map(({ signature, text: finding }) => `${signature}: ${finding}`),
        where,
      ];
      session.output().result(text.join("\n\n"), { run: work.runPath, report, ...evaluation });
    });
}

/** The config named, else the run's own, else every default. */
export async function configOfSet(set: string, options: RunOptions & { readonly config?: string }): Promise<LoadedConfig> {
  const overrides: Override[] = overridesOf(options);
  if (options.config !== undefined) return loadConfig(options.config, overrides);
  return (await isRun(set)) ? configOfRun(set, overrides) : defaultConfig(overrides);
}

function asTable({ ladder, families }: EvaluationSummary): string {
  const names = ladder.rungs.map(({ name }) => name);
  const table = new Table({ ...plainTable, head: ["family", "attempts", ...names] });
  const row = (title: string, { attempts, rungs }: Ladder): string[] => [
    title,
    String(attempts),
    ...rungs.map(({ passed, low, high }) => `${passed} (${range(low, high)})`),
  ];
  if (families.length > 1) for (const { family, ladder: own } of families) table.push(row(family, own));
  table.push(row(families.length === 1 ? (families[0]?.family ?? "all") : "all", ladder));
  return `${table.toString()}\nPassed, and Wilson 95 % interval of the share of all attempts.`;
}

function measures({ corpus, analogToBi, typeAccuracy, nearest, discrepancy }: EvaluationSummary): string {
  const table = new Table({ ...plainTable, head: ["AnalogToBi's measures", "", ""] });
  const push = (title: string, { count, of, low, high }: Share): number =>
    table.push([title, `${count} of ${of}`, of === 0 ? "" : `${((100 * count) / of).toFixed(1)} % (${range(low, high)})`]);
  push("electrical-rule validity", analogToBi.validity);
  if ("novelty" in analogToBi) {
    push("novelty", analogToBi.novelty);
    push("valid and novel", analogToBi.validAndNovel);
    push("novelty given valid", analogToBi.noveltyGivenValid);
  }
  if (typeAccuracy !== undefined) push("type accuracy", typeAccuracy);
  const notes = [
    corpus === undefined
      ? "No training corpus was named (--corpus): novelty was not judged."
      : `Novelty is against ${corpus.circuits} topologies (${corpus.name}).`,
    ...(nearest === undefined
      ? []
      : [`Distance to the nearest training circuit: median ${nearest.median.toFixed(2)} (0 the same, 1 nothing in common).`]),
    ...(discrepancy === undefined
      ? []
      : [
          `Discrepancy (MMD²) to ${discrepancy.circuits} ${discrepancy.reference}: degree ${discrepancy.generated.degree.toFixed(4)}, clustering ${discrepancy.generated.clustering.toFixed(4)}, device count ${discrepancy.generated.deviceCount.toFixed(4)}.`,
        ]),
  ];
  return `${table.toString()}\n${notes.join("\n")}`;
}

function range(low: number, high: number): string {
  return `${(100 * low).toFixed(0)}–${(100 * high).toFixed(0)} %`;
}

const examples = `
Examples:
  topogenie evaluate runs/opamp
  topogenie evaluate Inference --corpus corpus/analoggenie.jsonl         AnalogGenie's or AnalogToBi's samples
  topogenie evaluate AnalogGenie.tar.gz --labels examples/analoggenie/labels.yaml --simulations 0`;
