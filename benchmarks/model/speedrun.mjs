/**
 * Makes the checkpoint of @topogenie/pretrained again, or one by another recipe: gathers the corpus, writes it as sentences,
 * trains, leaves the checkpoint in RUNS/TAG/pretrained as it is shipped, and prints its ladder.
 *
 *   npm run speedrun [-- RECIPE] [--runs runs] [--attempts 1000] [options of checkpoint-ladder.mjs]
 *
 * A run that was stopped goes on where it was; the times are then those since. RECIPE: packages/pretrained/recipe.config.yaml, or
 * examples/analoggenie/pretrain.config.yaml for the imported dataset.
 */
import { spawnSync } from "node:child_process";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gptParameters, loadBestCheckpoint, loadConfig, saveCheckpoint } from "@topogenie/core";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const args = process.argv.slice(2);
const recipe =
  args[0] === undefined || args[0].startsWith("--") ? here("../../packages/pretrained/recipe.config.yaml") : args.shift();
const runs = valueOf("--runs") ?? "runs";
const { config } = await loadConfig(recipe);

const startedAt = performance.now();
const topogenie = here("../../apps/cli/bin/topogenie.js");
run(topogenie, "discover", recipe, "--to", "train", "--runs", runs, "--resume");
const folder = join(runs, config.tag, "pretrained");
const { state, ...checkpoint } = await loadBestCheckpoint(join(runs, config.tag, "3-train/model"));
const weights = gptParameters(state.config).map(({ name }) => [name, state.tensors.get(name)]);
await saveCheckpoint(folder, { ...checkpoint, training: undefined, state: { ...state, tensors: new Map(weights) } });
console.log(`\nCheckpoint: ${folder}, after ${((performance.now() - startedAt) / 60_000).toFixed(1)} minutes of this run\n`);
run(here("checkpoint-ladder.mjs"), "--from", resolve(folder), "--journals", join(runs, config.tag, "ladder"), ...args);

function run(script, ...options) {
  const { status } = spawnSync(process.execPath, [script, ...options], { stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}

/** Takes the option and its value out of the arguments. */
function valueOf(name) {
  const at = args.indexOf(name);
  return at < 0 ? undefined : args.splice(at, 2)[1];
}
