import { Circuit, type CircuitParts } from "../circuit/circuit.js";
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

export async function* readCorpus(file: string): AsyncGenerator<CorpusCircuit> {
  for await (const entry of readJsonLines<CorpusEntry>(file)) {
    yield { ...entry, circuit: new Circuit(entry.circuit) };
  }
}
