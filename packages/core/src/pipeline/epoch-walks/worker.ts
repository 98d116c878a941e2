import { parentPort, workerData } from "node:worker_threads";
import { restoreVocabulary, type VocabularyJson } from "../../language-model/vocabulary.js";
import { PluginHost } from "../../plugins/plugin-host.js";
import { silentLogger } from "../../runtime/logger.js";
import { readCorpus } from "../corpus-entry.js";
import { readJson } from "../read-json.js";
import { SentenceEncoder, type EncodableCircuit } from "../sentence-encoder.js";
import type { Split } from "../split.js";
import type { EpochAnswer, EpochRequest, EpochWalksSetup } from "./messages.js";

const port = parentPort;
if (port === null) throw new Error("This module runs in a worker thread.");
const send = (answer: EpochAnswer, transfer: readonly ArrayBuffer[] = []): void => {
  port.postMessage(answer, transfer);
};

try {
  const drawEpoch = await prepare(workerData as EpochWalksSetup);
  port.on("message", (epoch: EpochRequest) => {
    try {
      const { ids, offsets } = drawEpoch(epoch);
      send({ kind: "epoch", epoch, ids, offsets }, [ids.buffer, offsets.buffer]);
    } catch (cause) {
      fail(cause);
    }
  });
  send({ kind: "ready" });
} catch (cause) {
  fail(cause);
}

function fail(cause: unknown): void {
  send({ kind: "failed", reason: cause instanceof Error ? cause.message : String(cause) });
}

interface EpochSentences {
  readonly ids: Int32Array<ArrayBuffer>;
  readonly offsets: Uint32Array<ArrayBuffer>;
}

/** Loads the plugins again, as a thread shares no objects, and the training circuits in the order of the encode stage. */
async function prepare(setup: EpochWalksSetup): Promise<(epoch: number) => EpochSentences> {
  const { plugins, config, workDirectory } = setup;
  const host = await PluginHost.load({
    sources: plugins,
    seed: config.seed,
    workers: 1,
    workDirectory,
    // The main thread has loaded the same plugins and has said what there is to say.
    logger: silentLogger,
    signal: new AbortController().signal,
  });
  const { scheme: name, options } = config.encode;
  const scheme = await host.create("tokenization-scheme", name, options, "encode.scheme");
  const vocabulary = restoreVocabulary(await readJson<VocabularyJson>(setup.vocabulary));
  const encoder = new SentenceEncoder(scheme, vocabulary, config);
  const { training } = await readJson<Split>(setup.split);
  const wanted = new Set(training);
  const byId = new Map<string, EncodableCircuit>();
  for await (const entry of readCorpus(setup.circuits)) if (wanted.has(entry.id)) byId.set(entry.id, entry);
  const circuits = training.map((id) => byId.get(id) as EncodableCircuit);
  return (epoch) => joined(circuits.map((circuit) => encoder.encode(circuit, epoch)));
}

function joined(sentences: readonly Uint16Array[]): EpochSentences {
  const offsets = new Uint32Array(sentences.length + 1);
  sentences.forEach((sentence, index) => (offsets[index + 1] = (offsets[index] ?? 0) + sentence.length));
  const ids = new Int32Array(offsets.at(-1) ?? 0);
  sentences.forEach((sentence, index) => {
    ids.set(sentence, offsets[index]);
  });
  return { ids, offsets };
}
