import { Command, CommanderError } from "commander";
import pc from "picocolors";
import { TopogenieError } from "@topogenie/core";
import { addCompareCommand } from "./commands/compare.js";
import { addConfigSchemaCommand } from "./commands/config-schema.js";
import { addCorpusCommands } from "./commands/corpus.js";
import { addDoctorCommand } from "./commands/doctor.js";
import { addEvaluateCommand } from "./commands/evaluate.js";
import { addExperimentCommand } from "./commands/experiment.js";
import { addFinetuneCommand } from "./commands/finetune.js";
import { addInitCommand } from "./commands/init.js";
import { addModelCommands } from "./commands/model.js";
import { addPluginsCommand } from "./commands/plugins.js";
import { addSideBySideCommand } from "./commands/side-by-side.js";
import { addStageCommands } from "./commands/stage-commands.js";
import { addTrainSizingCommand } from "./commands/train-sizing.js";
import { exitCodes } from "./exit-code.js";
import { interruptSignal, sayHowToGoOn } from "./interrupt.js";
import { endDespiteLeftovers } from "./leftovers.js";
import { Output } from "./output.js";
import type { Session } from "./session.js";
import { version } from "./versions.js";

/** Runs the command line. Never throws; sets the exit code. */
export async function main(argv: readonly string[]): Promise<void> {
  const program = new Command("topogenie");
  let output: Output | undefined;
  const session: Session = {
    output: () => (output ??= new Output(program.opts())),
    signal: interruptSignal(),
  };
  program
    .description(
      "Discovers analog circuit topologies: a language model writes them, ngspice checks them, an optimizer sizes them.",
    )
    .version(version)
    .option("--json", "print one JSON value on stdout, for machines")
    .option("--verbose", "say more on stderr")
    .showHelpAfterError("(--help lists what is possible)")
    .exitOverride()
    .addHelpText("after", help);
  addStageCommands(program, session);
  addCorpusCommands(program, session);
  addEvaluateCommand(program, session);
  addSideBySideCommand(program, session);
  addExperimentCommand(program, session);
  addCompareCommand(program, session);
  addModelCommands(program, session);
  addTrainSizingCommand(program, session);
  addFinetuneCommand(program, session);
  addInitCommand(program, session);
  addPluginsCommand(program, session);
  addConfigSchemaCommand(program, session);
  addDoctorCommand(program, session);
  try {
    await program.parseAsync(argv);
  } catch (cause) {
    process.exitCode = explain(cause, session);
  } finally {
    endDespiteLeftovers();
  }
}

/** Says what went wrong and returns the exit code. */
function explain(cause: unknown, session: Session): number {
  if (cause instanceof CommanderError) return cause.exitCode === 0 ? exitCodes.ok : exitCodes.user;
  if (session.signal.aborted) {
    sayHowToGoOn();
    return exitCodes.interrupted;
  }
  if (cause instanceof TopogenieError) {
    if (session.output().isJson)
      process.stdout.write(`${JSON.stringify({ error: { code: cause.code, message: cause.message } })}\n`);
    process.stderr.write(`${pc.red("error")} ${pc.dim(cause.code)} ${cause.message}\n`);
    return exitCodes.user;
  }
  process.stderr.write(
    `${pc.red("This is a defect of topogenie:")} ${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}\n`,
  );
  return exitCodes.defect;
}

const help = `
Examples:
  topogenie init && topogenie discover
  topogenie corpus import AnalogGenie.tar.gz
  topogenie discover --resume
  topogenie doctor

Exit codes:
  0    done
  1    a defect of topogenie
  2    wrong config, option, file or plugin; the message says what to change
  130  stopped; go on with --resume`;
