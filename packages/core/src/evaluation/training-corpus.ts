import { basename, join } from "node:path";
import { CircuitClassifier, CircuitIndex } from "../circuit/similarity/index.js";
import { collectCorpus, CorpusCollection } from "../pipeline/corpus-collection.js";
import { Circuit } from "../circuit/circuit.js";
import { readCorpus, type CorpusCircuit } from "../pipeline/corpus-entry.js";
import { readJson } from "../pipeline/read-json.js";
import type { TrainingSummary } from "../pipeline/report-data.js";
import { seenCircuits } from "../pipeline/seen-circuits.js";
import type { Split } from "../pipeline/split.js";
import type { PluginHost } from "../plugins/plugin-host.js";
import type { DeviceType } from "../contracts/device-type.js";

/** The circuits that a generator was trained on, and those that were kept from it. */
export interface TrainingCorpus {
  readonly name: string;
  /** Not so of a run that took a model as it was, or composed at random. Taken to be so of a corpus that comes without its run. */
  readonly isTrainedOn: boolean;
  /** Each topology once, held-out ones included. */
  readonly circuits: readonly CorpusCircuit[];
  /** Canonical hashes of whatever is not novel: of these circuits, and of those that a checkpoint had seen before. */
  readonly ids: ReadonlySet<string>;
  /** Empty when it is not known which circuits were held out. */
  readonly heldOut: readonly CorpusCircuit[];
  readonly index: CircuitIndex<string>;
  /** Has learned the circuits whose family is known; undefined when none is. */
  readonly classifier: CircuitClassifier | undefined;
}

/** Of one of our runs: its corpus, of which the validation part was held out, and what its model had seen before the run. */
export async function corpusOfRun(path: string, deviceTypes: ReadonlyMap<string, DeviceType>): Promise<TrainingCorpus> {
  const circuits: CorpusCircuit[] = [];
  for await (const circuit of readCorpus(join(path, "1-corpus", "circuits.jsonl"))) circuits.push(circuit);
  const { validation } = await readJson<Split>(join(path, "2-encode", "split.json"));
  const heldOut = new Set(validation);
  const seen = await seenCircuits(join(path, "3-train", "model"));
  const { steps } = await readJson<TrainingSummary>(join(path, "3-train", "summary.json"));
  const corpus = trainingCorpus(
    `corpus of the run ${basename(path)}`,
    circuits,
    circuits.filter(({ id }) => heldOut.has(id)),
    deviceTypes,
  );
  return { ...corpus, isTrainedOn: steps > 0, ids: new Set([...corpus.ids, ...seen]) };
}

/** Of a file, folder or archive; circuits that break a rule count as known too. */
export async function corpusOfFile(
  path: string,
  labels: string | undefined,
  host: PluginHost,
  signal: AbortSignal,
): Promise<TrainingCorpus> {
  const deviceTypes = await host.deviceTypes();
  const collection = new CorpusCollection(deviceTypes, { rules: "report" });
  await collectCorpus({
    collection,
    host,
    families: [],
    seed: 0,
    imports: [{ path, labels }],
    folder: process.cwd(),
    signal,
    onProgress: () => undefined,
  });
  const circuits = collection.entries.map((entry) => ({ ...entry, circuit: new Circuit(entry.circuit) }));
  return trainingCorpus(basename(path), circuits, [], deviceTypes);
}

function trainingCorpus(
  name: string,
  circuits: readonly CorpusCircuit[],
  heldOut: readonly CorpusCircuit[],
  deviceTypes: ReadonlyMap<string, DeviceType>,
): TrainingCorpus {
  const index = new CircuitIndex<string>(deviceTypes);
  const classifier = new CircuitClassifier(deviceTypes);
  let isLabelled = false;
  for (const { circuit, family, title } of circuits) {
    index.add(title === undefined ? circuit.name : `${circuit.name} (${title})`, circuit);
    if (family === undefined) continue;
    classifier.learn(family, circuit);
    isLabelled = true;
  }
  return {
    name,
    isTrainedOn: true,
    circuits,
    ids: new Set(circuits.map(({ id }) => id)),
    heldOut,
    index,
    classifier: isLabelled ? classifier : undefined,
  };
}
