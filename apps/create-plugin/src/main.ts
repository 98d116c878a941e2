import { relative } from "node:path";
import { TopogenieError } from "@topogenie/core";
import { ask, type Answers } from "./ask.js";
import { help, readCommandLine, type CommandLine } from "./command-line.js";
import { templates } from "./templates.js";
import { writePlugin, type WrittenPlugin } from "./write-plugin.js";

/** Exit codes, as of the `topogenie` command. */
const OK = 0;
const WRONG_INPUT = 2;
const GIVEN_UP = 130;

/** Runs the command; returns the exit code. What is no mistake of whoever calls it is thrown. */
export async function main(argv: readonly string[]): Promise<number> {
  try {
    const options = readCommandLine(argv);
    if (options.help) {
      process.stdout.write(help);
      return OK;
    }
    const answers = await settle(options);
    if (answers === undefined) return GIVEN_UP;
    process.stdout.write(next(await writePlugin(answers.kind, answers.name, options.folder)));
    return OK;
  } catch (error) {
    if (!(error instanceof TopogenieError)) throw error;
    process.stderr.write(`error ${error.code} ${error.message}\n`);
    return WRONG_INPUT;
  }
}

async function settle(options: CommandLine): Promise<Answers | undefined> {
  const { kind, name, yes } = options;
  if (kind !== undefined && (name !== undefined || yes)) return { kind, name: name ?? templates[kind].example };
  // Without a terminal nobody could answer.
  if (yes || !process.stdin.isTTY) {
    throw new TopogenieError(
      "OPTION_INVALID",
      "Nothing can be asked here: give --kind, and --name or --yes. --help lists the kinds.",
    );
  }
  return ask(options);
}

function next({ name, folder, files }: WrittenPlugin): string {
  const shown = relative(process.cwd(), folder) || ".";
  return (
    `Wrote ${name.package} to ${shown} (${files.length} files). Next:\n` +
    `  cd ${shown} && npm install\n  npm run build && npm test\n  npm run example\n`
  );
}
