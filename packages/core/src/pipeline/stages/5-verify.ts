import { writeJson } from "../../runtime/atomic-file.js";
import { readJsonLines, writeJsonLines } from "../../runtime/json-lines.js";
import { loadModels } from "../../spice/model-library/index.js";
import { climbedRungs, climbLadder, type ReadAttempt } from "../../verification/climb-ladder.js";
import { countLadder } from "../../verification/ladder.js";
import { readAttempt, type Attempt } from "../attempt.js";
import type { CorpusEntry } from "../corpus-entry.js";
import { seenCircuits } from "../seen-circuits.js";
import { stageModels } from "../stage-models.js";
import type { Stage, StageContext } from "../stage.js";

/** Climbs the ladder with every attempt: decode, check rules, simulate, compare with each other and with the corpus. */
export const verifyStage: Stage = {
  name: "verify",
  title: "Verify every circuit",
  reads: ["corpus", "train", "generate"],
  uses: ["scheme", "simulator"],
  dependsOn: async ({ verify, simulator, encode, models }, folder) => ({
    verify,
    simulator,
    scheme: [encode.scheme, encode.options],
    models: [...(await loadModels(models, folder))],
  }),

  async run(context) {
    const { encode, verify, simulator: engine } = context.config;
    const { signal, onProgress } = context;
    const deviceTypes = await context.host.deviceTypes();
    const scheme = await context.host.create("tokenization-scheme", encode.scheme, encode.options, "encode.scheme");
    const simulator = await context.host.create("simulator", engine.engine, engine.options, "simulator.engine");
    const attempts: ReadAttempt[] = [];
    for await (const attempt of readJsonLines<Attempt>(context.input("generate", "attempts.jsonl"))) {
      attempts.push(readAttempt(attempt, scheme));
    }
    const verdicts = await climbLadder({
      attempts,
      deviceTypes,
      simulator,
      models: await stageModels(context, deviceTypes, simulator),
      supplyVolts: verify.supplyVolts,
      timeoutMs: verify.timeoutMs,
      known: await knownIds(context),
      journalFile: context.file("simulations.log"),
      signal,
      onProgress,
    });
    const ladder = countLadder(verdicts, climbedRungs);
    await writeJsonLines(context.file("verdicts.jsonl"), verdicts);
    await writeJson(context.file("ladder.json"), ladder);
    return {
      outputs: ["verdicts.jsonl", "ladder.json"],
      summary: `of ${ladder.attempts}: ${ladder.rungs.map(({ name, passed }) => `${name} ${passed}`).join(", ")}`,
    };
  },
};

/** The circuits of the corpus, and those that the model has seen before this run. */
async function knownIds(context: StageContext): Promise<Set<string>> {
  const ids = new Set(await seenCircuits(context.input("train", "model")));
  for await (const { id } of readJsonLines<CorpusEntry>(context.input("corpus", "circuits.jsonl"))) ids.add(id);
  return ids;
}
