import type { Circuit } from "../../circuit/circuit.js";
import { BlockLibrary } from "../../composition/block-library.js";
import { composeCircuit } from "../../composition/compose-circuit.js";
import { loadBestCheckpoint } from "../../language-model/checkpoint-series.js";
import { restoreVocabulary } from "../../language-model/vocabulary.js";
import { writeJson } from "../../runtime/atomic-file.js";
import { JsonLinesLog, writeJsonLines } from "../../runtime/json-lines.js";
import { createRng } from "../../runtime/rng.js";
import { askedOfGrammar } from "../asked-of-grammar.js";
import type { Attempt } from "../attempt.js";
import type { GenerationSummary } from "../report-data.js";
import { readCorpus } from "../corpus-entry.js";
import { readJson } from "../read-json.js";
import { sampleAttempts } from "../sample-attempts.js";
import type { Split } from "../split.js";
import type { Stage, StageContext } from "../stage.js";

/** Writes sentences with the trained model, or composes circuits at random. Every attempt is kept, whatever becomes of it. */
export const generateStage: Stage = {
  name: "generate",
  title: "Write new circuits",
  reads: ["corpus", "encode", "train"],
  uses: ["scheme", "backend"],
  dependsOn: ({ generate, encode, train }) => ({
    generate,
    scheme: [encode.scheme, encode.options],
    backend: [train.backend, train.options],
  }),

  async run(context) {
    const { generate } = context.config;
    const ordered = generate.source === "composition" ? await compose(context) : await write(context);
    await writeJsonLines(context.file("attempts.jsonl"), ordered);
    const tokens = ordered.reduce((sum, attempt) => sum + attempt.tokens.length, 0);
    const summary: GenerationSummary = { attempts: ordered.length, temperature: generate.temperature, tokens };
    await writeJson(context.file("summary.json"), summary);
    const ended = ordered.filter((attempt) => attempt.ended).length;
    return {
      outputs: ["attempts.jsonl", "summary.json"],
      summary: `${ordered.length} attempts, ${ended} ended by themselves, ${tokens} tokens`,
    };
  },
};

async function write(context: StageContext): Promise<Attempt[]> {
  const { config, signal } = context;
  const { generate, encode, train } = config;
  const backend = await context.host.create("model-backend", train.backend, train.options, "train.backend");
  const scheme = await context.host.create("tokenization-scheme", encode.scheme, encode.options, "encode.scheme");
  const checkpoint = await loadBestCheckpoint(context.input("train", "model"));
  const vocabulary = restoreVocabulary({ tokens: checkpoint.vocabulary });
  const conditions = await askedOfGrammar(generate.conditions, scheme, context.host);
  const { log, entries } = await JsonLinesLog.open<Attempt>(context.file("attempts.log"));
  const attempts = new Map(entries.map((attempt) => [attempt.attempt, attempt]));
  const model = await backend.load(checkpoint.state);
  try {
    // A batch that was cut off is written again in full: its sentences are then written in the same company.
    for (let first = 0; first < generate.attempts; first += generate.rows) {
      const count = Math.min(generate.rows, generate.attempts - first);
      if (Array.from({ length: count }, (_, index) => first + index).every((attempt) => attempts.has(attempt))) continue;
      await sampleAttempts({
        config,
        checkpoint,
        model,
        scheme,
        vocabulary,
        conditions,
        first,
        count,
        signal,
        onAttempt: (entry) => {
          if (attempts.has(entry.attempt)) return;
          attempts.set(entry.attempt, entry);
          log.append(entry);
          context.onProgress({ done: attempts.size, total: generate.attempts, unit: "circuits" });
        },
      });
    }
  } finally {
    await model.dispose();
  }
  return [...attempts.values()].sort((a, b) => a.attempt - b.attempt);
}

/** Each attempt depends on the seed, its number and the training circuits alone. */
async function compose({ config, host, input, signal, onProgress }: StageContext): Promise<Attempt[]> {
  const { training } = await readJson<Split>(input("encode", "split.json"));
  const ids = new Set(training);
  const circuits: Circuit[] = [];
  for await (const { id, circuit } of readCorpus(input("corpus", "circuits.jsonl"))) if (ids.has(id)) circuits.push(circuit);
  const library = new BlockLibrary(circuits, await host.deviceTypes());
  const rng = createRng(config.seed).fork("composition");
  const attempts: Attempt[] = [];
  for (let attempt = 0; attempt < config.generate.attempts; attempt++) {
    const circuit = composeCircuit(library, `attempt-${attempt}`, rng.fork(attempt));
    attempts.push({ attempt, tokens: [], ended: true, circuit: circuit.toJSON() });
    onProgress({ done: attempts.length, total: config.generate.attempts, unit: "circuits" });
    await new Promise(setImmediate);
    signal.throwIfAborted();
  }
  return attempts;
}
