import { relative } from "node:path";
import Table from "cli-table3";
import type { Command } from "commander";
import { loadConfig, runFinetuning, type FinetuningRound, type FinetuningSummary } from "@topogenie/core";
import { plainTable } from "../plain-table.js";
import { ProgressLine } from "../progress-line.js";
import { workOptions } from "../run-work.js";
import type { Session } from "../session.js";
import { addConfigOptions, overridesOf, type RunOptions } from "./run-options.js";

export function addFinetuneCommand(program: Command, session: Session): void {
  const command = program
    .command("finetune")
    .summary("better a model by simulation alone: train it on what it writes, as the ladder judges it")
    .argument("<config>", "a run's config with train.from and finetune, such as examples/finetune/topogenie.config.yaml");
  addConfigOptions(command)
    .addHelpText("after", "\nExample:\n  topogenie finetune examples/finetune/topogenie.config.yaml --set finetune.rounds=5")
    .action(async (file: string, options: RunOptions) => {
      const loaded = await loadConfig(file, overridesOf(options));
      const work = workOptions(loaded, options, session);
      const { rounds } = loaded.config.finetune;
      const line = new ProgressLine();
      let shown = -1;
      const summary = await runFinetuning({
        ...work,
        onProgress: (round, update) => {
          if (round !== shown) line.begin(round === rounds ? "The result" : `Round ${round + 1} of ${rounds}`);
          shown = round;
          line.update(update);
        },
      });
      line.end(`${rounds} rounds`);
      const path = relative(process.cwd(), summary.checkpoint);
      const checkpoint = path.startsWith(".") ? path : `./${path}`;
      const text = `${asTables(summary)}\n\nCheckpoint: ${checkpoint} (use it: --set train.from=${checkpoint}, from a config in this folder)`;
      session.output().result(text, { run: work.runPath, ...summary });
    });
}

/** A table for each family: the model before, after each round, and at the end. */
function asTables({ rounds, temperature, seed, method }: FinetuningSummary): string {
  const tables = rounds[0]?.families.map((_, index) => asTable(rounds, index)) ?? [];
  const learnt = rounds.map(({ lessons }) => lessons).filter((lessons) => lessons !== undefined);
  const divergences = rounds.flatMap(({ divergence }) => (divergence === undefined ? [] : [divergence.toPrecision(2)]));
  return [
    ...tables,
    `Passed, and Wilson 95 % interval; temperature ${temperature}, seed ${seed}. What was learnt from counts as known.`,
    `Learnt by ${method} from ${learnt.join(", ")} ${method === "policy-gradient" ? "sentences" : "circuits"}.`,
    ...(divergences.length === 0 ? [] : [`Divergence from the first model, nats a sentence: ${divergences.join(", ")}.`]),
  ].join("\n");
}

function asTable(rounds: readonly FinetuningRound[], index: number): string {
  const [first] = rounds.flatMap(({ families }) => families[index] ?? []);
  if (first === undefined) return "";
  const { family, simulations, figureOfMerit, ladder } = first;
  const judges = simulations > 0;
  const figure = judges ? [`median ${figureOfMerit.name} (${figureOfMerit.unit})`] : [];
  const table = new Table({ ...plainTable, head: [family, ...ladder.rungs.map(({ name }) => name), ...figure] });
  rounds.forEach(({ round, families }) => {
    const own = families[index];
    table.push([
      round === 0 ? "before" : round === rounds.length - 1 ? "after" : `round ${round}`,
      ...(own?.ladder.rungs ?? []).map(
        ({ passed, low, high }) => `${passed} (${(100 * low).toFixed(0)}–${(100 * high).toFixed(0)} %)`,
      ),
      ...(judges ? [own?.medianFigureOfMerit?.toPrecision(3) ?? ""] : []),
    ]);
  });
  const budget = judges ? `, at most ${simulations} simulations a circuit` : "";
  return `${table.toString()}\nOf ${ladder.attempts} attempts each${budget}.\n`;
}
