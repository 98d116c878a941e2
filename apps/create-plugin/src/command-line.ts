import { parseArgs } from "node:util";
import { didYouMean, pluginKinds, TopogenieError, type PluginKind } from "@topogenie/core";

export interface CommandLine {
  readonly kind?: PluginKind;
  readonly name?: string;
  readonly folder?: string;
  /** Ask nothing: take the template's own name where none is given. */
  readonly yes: boolean;
  readonly help: boolean;
}

export const help = `npm create topogenie-plugin [-- options]

Writes a plugin package that builds, passes its conformance tests and runs in an example config.

  --kind KIND      ${pluginKinds.join(", ")}
  --name NAME      hill-climber, or @my-lab/hill-climber
  --folder FOLDER  where to write it; topogenie-plugin-NAME unless given
  --yes            ask nothing
  --help           this text

Example:
  npm create topogenie-plugin -- --kind sizing-optimizer --name hill-climber --yes
`;

/** Throws `OPTION_INVALID` for an option or kind that there is not. */
export function readCommandLine(argv: readonly string[]): CommandLine {
  let values;
  try {
    ({ values } = parseArgs({
      args: [...argv],
      options: {
        kind: { type: "string" },
        name: { type: "string" },
        folder: { type: "string" },
        yes: { type: "boolean", short: "y", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    }));
  } catch (cause) {
    throw new TopogenieError(
      "OPTION_INVALID",
      `${cause instanceof Error ? cause.message : String(cause)} --help lists what is possible.`,
    );
  }
  const { kind, name, folder, yes, help } = values;
  if (kind !== undefined && !isKind(kind)) {
    throw new TopogenieError(
      "OPTION_INVALID",
      `--kind: there is no kind "${kind}".${didYouMean(kind, pluginKinds)} Kinds: ${pluginKinds.join(", ")}.`,
    );
  }
  return {
    ...(kind === undefined ? {} : { kind }),
    ...(name === undefined ? {} : { name }),
    ...(folder === undefined ? {} : { folder }),
    yes,
    help,
  };
}

function isKind(text: string): text is PluginKind {
  return (pluginKinds as readonly string[]).includes(text);
}
