import { join, relative } from "node:path";
import type { Command } from "commander";
import { stageNames, type StageName } from "@topogenie/core";
import type { Session } from "../session.js";
import { runStages, type StagesRun } from "../run-stages.js";
import { addRunOptions, addSelectionOptions, type RunOptions } from "./run-options.js";

const summaries: Readonly<Record<Exclude<StageName, "corpus">, string>> = {
  encode: "write the corpus's circuits as sentences of tokens",
  train: "train the language model",
  generate: "write new circuits with the trained model",
  verify: "climb the ladder: decode, check rules, simulate, compare",
  size: "size the best circuits and measure them",
  report: "write report.html",
};

/** `discover` runs all stages; a command for each runs that one alone. */
export function addStageCommands(program: Command, session: Session): void {
  addSelectionOptions(addRunOptions(program.command("discover").summary("run the whole way, from corpus to report")))
    .addHelpText("after", discoverExamples)
    .action(async (configFile: string | undefined, options: RunOptions) => {
      const selection = {
        resume: options.resume === true,
        ...(options.from === undefined ? {} : { from: options.from }),
        ...(options.to === undefined ? {} : { to: options.to }),
        ...(options.only === undefined ? {} : { only: options.only }),
      };
      show(session, await runStages(configFile, options, selection, session));
    });
  for (const name of stageNames) {
    if (name === "corpus") continue;
    addRunOptions(program.command(name).summary(summaries[name]))
      .description(`${summaries[name]}: the same as topogenie discover --only ${name}`)
      .addHelpText("after", `\nExample:\n  topogenie ${name} --tag discover`)
      .action(async (configFile: string | undefined, options: RunOptions) => {
        show(session, await runStages(configFile, options, { only: name, resume: options.resume === true }, session));
      });
  }
}

function show(session: Session, { loaded, runPath, stages }: StagesRun): void {
  const report = join(runPath, "report.html");
  const hasReport = stages.some((stage) => stage.name === "report") || stages.length === 0;
  const here = relative(process.cwd(), runPath);
  const config = relative(process.cwd(), loaded.file);
  const next = [
    `topogenie discover ${config} --tag other-seed --seed ${loaded.config.seed + 1}`,
    `topogenie discover ${config} --tag longer --set train.steps=${Math.max(200, loaded.config.train.steps * 4)}`,
    `topogenie discover ${config} --tag ${loaded.config.tag} --from size --set sizing.simulations=${loaded.config.sizing.simulations * 3}`,
  ];
  const text = [
    stages.length === 0 ? "Every stage was done already." : `Done: ${stages.map((stage) => stage.name).join(", ")}.`,
    `Run:    ${here}`,
    ...(hasReport
      ? [`Report: ${relative(process.cwd(), report)}`, "", "What to try next:", ...next.map((line) => `  ${line}`)]
      : []),
  ];
  session.output().result(text.join("\n"), { run: runPath, report: hasReport ? report : undefined, stages });
}

const discoverExamples = `
Examples:
  topogenie discover                                      the config in this folder
  topogenie discover my.config.yaml --tag second --seed 2
  topogenie discover --set sizing.options.population=64   any value of the config
  topogenie discover --resume                             go on after Ctrl-C
  topogenie discover --from generate                      again, with the model that is trained`;
