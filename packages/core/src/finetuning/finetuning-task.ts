import type { ResolvedConfig } from "../config/config-schema.js";
import type { CircuitFamily } from "../contracts/circuit-family.js";
import type { Conditions, TokenizationScheme } from "../contracts/tokenization-scheme.js";
import { askedOfGrammar } from "../pipeline/asked-of-grammar.js";
import type { PluginHost } from "../plugins/plugin-host.js";
import { TopogenieError } from "../runtime/error.js";

/** What a model is asked for in every round, and how that is judged. */
export interface FinetuningTask {
  readonly family: CircuitFamily;
  /** With the ports of a family that is asked for. */
  readonly conditions: Conditions | undefined;
  readonly attempts: number;
  /** Budget for each circuit that is valid and new; 0: function is not judged. */
  readonly simulations: number;
  /** Number of its first attempt within a round. */
  readonly first: number;
}

/**
 * The families of `finetune.families`, or else what `generate.conditions` asks for.
 * Throws `CONDITIONS_UNSUPPORTED` when families are asked for and the sentences do not say them.
 */
export async function tasksOf(
  host: PluginHost,
  scheme: TokenizationScheme,
  config: ResolvedConfig,
): Promise<readonly FinetuningTask[]> {
  const { finetune, generate, sizing, encode } = config;
  if (finetune.families !== undefined && !encode.conditions.includes("family")) {
    throw new TopogenieError(
      "CONDITIONS_UNSUPPORTED",
      "finetune.families: a model can be asked for a family only when its sentences are led by families: set encode.conditions: [family].",
    );
  }
  const asked =
    finetune.families === undefined
      ? [{ name: sizing.family, own: {}, conditions: generate.conditions, key: "sizing.family" }]
      : Object.entries(finetune.families).map(([name, own]) => ({
          name,
          own,
          conditions: { ...generate.conditions, family: name },
          key: `finetune.families.${name}`,
        }));
  const tasks: FinetuningTask[] = [];
  let first = 0;
  for (const { name, own, conditions, key } of asked) {
    const { attempts = generate.attempts, simulations = finetune.simulations }: typeof own & FamilyBudget = own;
    const options = name === sizing.family ? sizing.familyOptions : {};
    tasks.push({
      family: await host.create("circuit-family", name, options, key),
      conditions: await askedOfGrammar(conditions, scheme, host),
      attempts,
      simulations,
      first,
    });
    first += attempts;
  }
  return tasks;
}

type FamilyBudget = NonNullable<ResolvedConfig["finetune"]["families"]>[string];
