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
import { BipartiteGrammar } from "./bipartite-grammar.js";
import { BipartiteWords } from "./bipartite-words.js";
import { grammarTables, type GrammarTables } from "./grammar-tables.js";
import type { BipartiteOptions } from "./options.js";
import { readSentence } from "./read-sentence.js";
import { writeSentence } from "./write-sentence.js";

/**
 * A circuit as a bipartite graph: devices and nets are its nodes, and each pin is an edge that says which pin it is. A sentence
 * walks from node to node along edges, each once, and jumps to another node where no new edge leads on; it takes two tokens a
 * pin. The idea of such a graph, of devices renamed as augmentation and of a grammar at generation is AnalogToBi's (Kim et al.,
 * arXiv:2603.08720); the walk, its words and the electrical rules in the grammar are our own.
 */
export class BipartiteScheme extends LedScheme<GrammarTables> {
  readonly name = "bipartite";
  readonly #options: BipartiteOptions;
  readonly #words: BipartiteWords;

  constructor(options: BipartiteOptions, deviceTypes: ReadonlyMap<string, DeviceType>) {
    super();
    this.#options = options;
    this.#words = new BipartiteWords(deviceTypes);
  }

  capabilities(): SchemeCapabilities {
    return { conditions: ["family", "deviceCount", "ports", "portKinds"], grammar: "legal", augments: true };
  }

  /** As many devices of every type, and as many internal nets, as one circuit has at most. */
  protected override words(circuits: Iterable<Circuit>, asked: Pick<ConditionWords, "ports">): readonly string[] {
    const { ports, types, nets } = corpusWords(circuits, this.#words.types, asked);
    return [
      ...ports.filter((port) => this.#words.isPortName(port)),
      ...types.flatMap(({ type }) => type.pins.map((_, pin) => this.#words.edge(type, pin))),
      ...types.flatMap(({ type, devices }) =>
        Array.from({ length: devices }, (_, number) => this.#words.device(type, number + 1)),
      ),
      ...Array.from({ length: nets }, (_, net) => this.#words.net(net)),
    ];
  }

  protected override write(circuit: Circuit, rng: Rng): readonly string[] {
    return writeSentence(circuit, this.#words, this.#options, rng);
  }

  protected override read(tokens: readonly string[]): Circuit {
    return readSentence(tokens, this.#words);
  }

  protected override tables(vocabulary: Vocabulary): GrammarTables {
    return grammarTables(vocabulary, this.#words);
  }

  protected override automaton(tables: GrammarTables, limits: SentenceLimits): GrammarState {
    return new BipartiteGrammar(tables, this.#options, limits);
  }
}
