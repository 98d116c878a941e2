import {
  corpusWords,
  LedScheme,
  type Circuit,
  type ConditionWords,
  type DeviceType,
  type GrammarState,
  type Rng,
  type SchemeCapabilities,
  type SentenceLimits,
  type Vocabulary,
} from "@topogenie/core";
import { AdjacencyGrammar } from "./adjacency-grammar.js";
import type { AdjacencyOptions } from "./options.js";
import { readRows } from "./read-rows.js";
import { rowTables, type RowTables } from "./row-tables.js";
import { OPEN, RowWords } from "./row-words.js";
import { writeRows } from "./write-rows.js";

/**
 * A circuit as a graph that grows node by node, as GraphRNN writes graphs (You et al., ICML 2018): devices are nodes in
 * breadth-first order, and each is followed by its row of the adjacency matrix, the edges to nodes before it. A node is
 * labelled by its device type and an edge by the pins that it joins; a net of many pins is a chain of edges, each pin to the last
 * device before on the net. Ports are nodes that are there from the start. As in GraphRNN, where an edge leads is said as a
 * distance back in the order, not by a name. What is not GraphRNN's: the model is a transformer, not two recurrent networks,
 * and rows list their edges instead of spelling out the zeros between them.
 */
export class AdjacencyScheme extends LedScheme<RowTables> {
  readonly name = "adjacency";
  readonly #options: AdjacencyOptions;
  readonly #words: RowWords;

  constructor(options: AdjacencyOptions, deviceTypes: ReadonlyMap<string, DeviceType>) {
    super();
    this.#options = options;
    this.#words = new RowWords(deviceTypes);
  }

  capabilities(): SchemeCapabilities {
    return { conditions: ["family", "deviceCount", "ports", "portKinds"], grammar: "legal", augments: true };
  }

  /** Distances as far as the largest circuit asks for. */
  protected override words(circuits: Iterable<Circuit>, asked: Pick<ConditionWords, "ports">): readonly string[] {
    const all = [...circuits];
    const { ports, types } = corpusWords(all, this.#words.types, asked);
    const most = all.reduce((devices, circuit) => Math.max(devices, circuit.devices.length), 1);
    const pins = new Set(types.flatMap(({ type }) => type.pins.map(({ name }) => name)));
    return [
      ...types.map(({ type }) => this.#words.device(type)),
      ...ports.filter((port) => this.#words.isPortName(port)),
      OPEN,
      ...Array.from({ length: most }, (_, back) => this.#words.back(back)),
      ...[...pins].sort().map((pin) => this.#words.pin(pin)),
    ];
  }

  protected override write(circuit: Circuit, rng: Rng): readonly string[] {
    return writeRows(circuit, this.#words, this.#options, rng);
  }

  protected override read(tokens: readonly string[]): Circuit {
    return readRows(tokens, this.#words);
  }

  protected override tables(vocabulary: Vocabulary): RowTables {
    return rowTables(vocabulary, this.#words);
  }

  protected override automaton(tables: RowTables, limits: SentenceLimits): GrammarState {
    return new AdjacencyGrammar(tables, limits);
  }
}
