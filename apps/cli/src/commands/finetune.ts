import { relative, resolve } from "node:path";
import Table from "cli-table3";
import { InvalidArgumentError, type Command } from "commander";
import { loadConfig, runFinetuning, type FinetuningSummary } from "@topogenie/core";
import { builtInPlugins } from "../built-in-plugins.js";
import { plainTable } from "../plain-table.js";
import { ProgressLine } from "../progress-line.js";
import type { Session } from "../session.js";
import { versions } from "../versions.js";
import { addConfigOptions, overridesOf, type RunOptions } from "./run-options.js";

interface FinetuneOptions extends RunOptions {
  readonly rounds: number;
  readonly simulations: number;
  readonly rehearsal: number;
}

export function addFinetuneCommand(program: Command, session: Session): void {
  const command = program
    .command("finetune")
    .summary("better a model by simulation alone: train it on the best of what it writes")
    .argument("<config>", "a run's config with train.from, such as examples/finetune/topogenie.config.yaml")
    .option("--rounds <number>", "how often it writes and is trained on the best", wholeNumber, 3)
    .option("--simulations <number>", "budget for each circuit that is valid and new", wholeNumber, 200)
    .option("--rehearsal <share>", "share of corpus circuits among the sentences, lest it forget them", share, 0.5);
  addConfigOptions(command)
    .addHelpText("after", "\nExample:\n  topogenie finetune examples/finetune/topogenie.config.yaml --set generate.attempts=200")
    .action(async (file: string, options: FinetuneOptions) => {
      const loaded = await loadConfig(file, overridesOf(options));
      const runPath = resolve(loaded.config.runs, loaded.config.tag);
      const { rounds, simulations, rehearsal } = options;
      const line = new ProgressLine();
      let shown = -1;
      const summary = await runFinetuning({
        loaded,
        runPath,
        resume: options.resume === true,
        rounds,
        simulations,
        rehearsal,
        builtIn: builtInPlugins,
        versions: versions(),
        logger: session.output(),
        signal: session.signal,
        onProgress: (round, update) => {
          if (round !== shown) line.begin(round === rounds ? "The result" : `Round ${round + 1} of ${rounds}`);
          shown = round;
          line.update(update);
        },
      });
      line.end(`${rounds} rounds`);
      const path = relative(process.cwd(), summary.checkpoint);
      const checkpoint = path.startsWith(".") ? path : `./${path}`;
      const text = `${asTable(summary)}\n\nCheckpoint: ${checkpoint} (use it: --set train.from=${checkpoint}, from a config in this folder)`;
      session.output().result(text, { run: runPath, ...summary });
    });
}

function asTable({ rounds, figureOfMerit: { name, unit }, family, simulations, temperature, seed }: FinetuningSummary): string {
  const names = rounds[0]?.ladder.rungs.map((rung) => rung.name) ?? [];
  const table = new Table({ ...plainTable, head: ["model", ...names, `median ${name} (${unit})`, "learnt from"] });
  rounds.forEach(({ round, ladder, medianFigureOfMerit, lessons }, index) => {
    table.push([
      round === 0 ? "before" : index === rounds.length - 1 ? "after" : `round ${round}`,
      ...ladder.rungs.map(({ passed, low, high }) => `${passed} (${(100 * low).toFixed(0)}–${(100 * high).toFixed(0)} %)`),
      medianFigureOfMerit?.toPrecision(3) ?? "",
      round === rounds.length - 1 ? "" : String(lessons),
    ]);
  });
  return (
    `${table.toString()}\nOf ${rounds[0]?.ladder.attempts ?? 0} attempts at ${family} each, temperature ${temperature}, seed ${seed}, ` +
    `at most ${simulations} simulations a circuit; passed, and Wilson 95 % interval. What was learnt from counts as known.`
  );
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError("expected a whole number such as 3");
  return Number(text);
}

function share(text: string): number {
  const value = Number(text);
  if (!(value >= 0 && value < 1)) throw new InvalidArgumentError("expected a share from 0 to below 1, such as 0.5");
  return value;
}
