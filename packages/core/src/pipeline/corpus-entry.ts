import { access } from "node:fs/promises";
import { Circuit, type CircuitParts } from "../circuit/circuit.js";
import { TopogenieError } from "../runtime/error.js";
import { readJsonLines } from "../runtime/json-lines.js";

/** One line of a corpus file. */
export interface CorpusEntry {
  /** Hash of the canonical form: one entry a topology. */
  readonly id: string;
  /** `seeds of opamp`, or the file that it was imported from. */
  readonly source: string;
  /** What the circuit is: the family whose seed it is, or the label that it was imported with. */
  readonly family?: string;
  readonly title?: string;
  readonly citation?: string;
  readonly circuit: CircuitParts;
}

export interface CorpusCircuit extends Omit<CorpusEntry, "circuit"> {
  readonly circuit: Circuit;
}

/** Throws `CORPUS_NOT_FOUND`, and `FILE_CORRUPT` naming the line. */
export async function* readCorpus(file: string): AsyncGenerator<CorpusCircuit> {
  await access(file).catch((cause: unknown) => {
    throw new TopogenieError(
      "CORPUS_NOT_FOUND",
      `The corpus file ${file} cannot be read. Write one with: topogenie corpus import, or topogenie corpus build`,
      { cause },
    );
  });
  for await (const entry of readJsonLines<CorpusEntry>(file)) {
    yield { ...entry, circuit: new Circuit(entry.circuit) };
  }
}
