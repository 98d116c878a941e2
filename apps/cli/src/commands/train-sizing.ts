import { relative } from "node:path";
import Table from "cli-table3";
import type { Command } from "commander";
import { loadConfigOf, policyTrainingSchema, trainSizingPolicy, type PolicyTraining, type SizedInShort } from "@topogenie/core";
import { plainTable } from "../plain-table.js";
import { ProgressLine } from "../progress-line.js";
import { workOptions } from "../run-work.js";
import type { Session } from "../session.js";
import { addConfigOptions, overridesOf, type RunOptions } from "./run-options.js";

export function addTrainSizingCommand(program: Command, session: Session): void {
  const command = program
    .command("train-sizing")
    .summary("train a sizing policy on circuits of a family, for circuits that it has not met")
    .argument("<config>", "a training's config, such as examples/compare/train-sizing.yaml");
  addConfigOptions(command)
    .addHelpText(
      "after",
      "\nExample:\n  topogenie train-sizing examples/compare/train-sizing.yaml --set family=ldo --tag ldo-policy",
    )
    .action(async (file: string, options: RunOptions) => {
      const loaded = await loadConfigOf(policyTrainingSchema, file, overridesOf(options));
      const work = workOptions(loaded, options, session);
      const line = new ProgressLine();
      line.begin("Train a sizing policy");
      const trained = await trainSizingPolicy({ ...work, onProgress: (update) => line.update(update) });
      line.end(`${trained.rounds.length} rounds`);
      const text = `${asTables(trained)}\n\nPolicy: ${relative(process.cwd(), trained.policy)} (sizing.options.policy of optimizer ${loaded.config.optimizer})`;
      session.output().result(text, { run: work.runPath, ...trained });
    });
}

function asTables({ rounds, heldOut }: PolicyTraining): string {
  const head = ["circuits", "functional", "on spec", "simulations to functional", "simulations to spec", "loss"];
  const table = new Table({ ...plainTable, head });
  for (const { round, circuits, loss } of rounds) table.push([`round ${round}`, ...figures(circuits), loss.toFixed(3)]);
  if (heldOut.length > 0) {
    table.push(["held out, without policy", ...figures(heldOut.map(({ without }) => without)), ""]);
    table.push(["held out, with policy", ...figures(heldOut.map((pair) => pair.with)), ""]);
  }
  const same = median(heldOut.map(({ simulationsToSame = Infinity }) => simulationsToSame));
  const note =
    heldOut.length === 0
      ? ""
      : ` What a held-out circuit ends with without the policy is reached with it ${same === "never" ? "in less than half of them" : `after ${same} simulations`}.`;
  return `${table.toString()}\nSimulations are medians over the circuits.${note}`;
}

function figures(sized: readonly SizedInShort[]): string[] {
  const share = (some: readonly SizedInShort[]): string => `${some.length} of ${sized.length}`;
  return [
    share(sized.filter(({ functional }) => functional)),
    share(sized.filter(({ onSpec }) => onSpec)),
    median(sized.map(({ simulationsToFunctional = Infinity }) => simulationsToFunctional)),
    median(sized.map(({ simulationsToSpec = Infinity }) => simulationsToSpec)),
  ];
}

function median(values: readonly number[]): string {
  const value = [...values].sort((a, b) => (a === b ? 0 : a - b))[Math.ceil(values.length / 2) - 1] ?? Infinity;
  return value === Infinity ? "never" : String(value);
}
