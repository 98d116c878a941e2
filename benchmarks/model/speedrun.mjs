/**
 * Makes the checkpoint of @topogenie/pretrained again, or one by another recipe: gathers the corpus, writes it as sentences, trains,
 * betters the model by simulation where a finetune.config.yaml lies beside the recipe, leaves the checkpoint in
 * RUNS/TAG/pretrained as it is shipped, and prints its ladder.
 *
 *   npm run speedrun [-- RECIPE] [--runs runs] [--attempts 1000] [options of checkpoint-ladder.mjs]
 *
 * A run that was stopped goes on where it was; the times are then those since. RECIPE: packages/pretrained/recipe.config.yaml, or
 * examples/analoggenie/pretrain.config.yaml for the imported dataset.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gptParameters, loadBestCheckpoint, loadConfig, saveCheckpoint } from "@topogenie/core";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const args = process.argv.slice(2);
const recipe =
  args[0] === undefined || args[0].startsWith("--") ? here("../../packages/pretrained/recipe.config.yaml") : args.shift();
const runs = valueOf("--runs") ?? "runs";
const { tag } = (await loadConfig(recipe)).config;

const startedAt = performance.now();
const topogenie = here("../../apps/cli/bin/topogenie.js");
run(topogenie, "discover", recipe, "--to", "train", "--runs", runs, "--resume");
const trained = join(runs, tag, "trained");
await ship(join(runs, tag, "3-train/model"), trained);
console.log(`\nTrained: ${trained}, after ${minutes()} minutes of this run\n`);

const pretrained = join(runs, tag, "pretrained");
const finetuning = join(dirname(recipe), "finetune.config.yaml");
if (existsSync(finetuning)) {
  run(topogenie, "finetune", finetuning, "--set", `train.from=${resolve(trained)}`, "--runs", runs, "--resume");
  const { config } = await loadConfig(finetuning);
  const { checkpoint } = JSON.parse(readFileSync(join(runs, config.tag, "finetuning.json"), "utf8"));
  await ship(checkpoint, pretrained);
} else await ship(trained, pretrained);
console.log(`\nCheckpoint: ${pretrained}, after ${minutes()} minutes of this run\n`);
run(here("checkpoint-ladder.mjs"), "--from", resolve(pretrained), "--journals", join(runs, tag, "ladder"), ...args);

/** Keeps of a checkpoint what sampling and training from it need: not the optimizer's moments. */
async function ship(from, to) {
  const { state, ...checkpoint } = await loadBestCheckpoint(from);
  const weights = gptParameters(state.config).map(({ name }) => [name, state.tensors.get(name)]);
  await saveCheckpoint(to, { ...checkpoint, training: undefined, state: { ...state, tensors: new Map(weights) } });
}

function minutes() {
  return ((performance.now() - startedAt) / 60_000).toFixed(1);
}

function run(script, ...options) {
  const { status } = spawnSync(process.execPath, [script, ...options], { stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}

/** Takes the option and its value out of the arguments. */
function valueOf(name) {
  const at = args.indexOf(name);
  return at < 0 ? undefined : args.splice(at, 2)[1];
}
