import { createRng, silentLogger, trainingBatches } from "@topogenie/core";
import { deviceTypes, loadDataset } from "../circuit/load-dataset.mjs";
import { allSchemes } from "../tokenizer/all-schemes.mjs";

/**
 * For each scheme, how long the dataset's circuits are and of which shapes an epoch's batches are.
 * @param dataset its path, or null for the usual places
 */
export async function circuitsAsSentences(dataset, shape) {
  const circuits = await loadDataset(dataset);
  const found = [];
  for (const [name, scheme] of allSchemes(deviceTypes)) {
    const vocabulary = scheme.vocabulary(circuits);
    const documents = [];
    for (const circuit of circuits) {
      try {
        const words = scheme.encode(circuit, createRng("bench").fork(circuit.name));
        documents.push(Int32Array.from([1, ...words.map((word) => vocabulary.id(word)), 2]));
      } catch (error) {
        if (error.code !== "CIRCUIT_NOT_ENCODABLE") throw error;
      }
    }
    const lengths = documents.map(({ length }) => length - 2).sort((a, b) => a - b);
    const shapes = await shapesOf(documents, shape);
    found.push({ name, circuits: documents.length, lengths, median: lengths[lengths.length >> 1], shapes });
  }
  return found;
}

/** `rows x length` → how many batches of an epoch have that shape, as the training loop makes them. */
async function shapesOf(documents, shape) {
  const shapes = new Map();
  const from = { epoch: 0, batch: 0 };
  for await (const { batch, epoch } of trainingBatches(() => documents, shape, createRng("bench"), from, silentLogger)) {
    if (epoch > 0) break;
    const key = `${batch.rows} x ${batch.length}`;
    shapes.set(key, (shapes.get(key) ?? 0) + 1);
  }
  return shapes;
}
