import { cancel, isCancel, select, text } from "@clack/prompts";
import { pluginKinds, TopogenieError, type PluginKind } from "@topogenie/core";
import type { CommandLine } from "./command-line.js";
import { pluginName } from "./plugin-name.js";
import { templates } from "./templates.js";

export interface Answers {
  readonly kind: PluginKind;
  readonly name: string;
}

/** Asks for what the command line leaves open. Undefined when whoever is asked gives up. */
export async function ask({ kind, name }: CommandLine): Promise<Answers | undefined> {
  const chosen =
    kind ??
    (await select({
      message: "What shall the plugin provide?",
      options: pluginKinds.map((value) => ({ value, label: templates[value].title })),
    }));
  if (isCancel(chosen)) return givenUp();
  const { example } = templates[chosen];
  const named =
    name ??
    (await text({
      message: "What is it called? (hill-climber, or @my-lab/hill-climber)",
      placeholder: example,
      defaultValue: example,
      validate: (typed) => {
        try {
          if (typed !== undefined && typed !== "") pluginName(typed);
          return undefined;
        } catch (error) {
          if (error instanceof TopogenieError) return error.message;
          throw error;
        }
      },
    }));
  if (isCancel(named)) return givenUp();
  return { kind: chosen, name: named };
}

function givenUp(): undefined {
  cancel("Nothing was written.");
  return undefined;
}
