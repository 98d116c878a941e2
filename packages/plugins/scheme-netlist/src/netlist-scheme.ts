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
import { grammarTables, type GrammarTables } from "./grammar-tables.js";
import { NetlistGrammar } from "./netlist-grammar.js";
import { NetlistWords } from "./netlist-words.js";
import type { NetlistOptions } from "./options.js";
import { readSentence } from "./read-sentence.js";
import { writeSentence } from "./write-sentence.js";

/**
 * A circuit as a netlist: one device after another, each its type and then its nets, pin by pin. Ports are written by name,
 * internal nets by words that take turns, so that a net keeps its word and the vocabulary does not grow with the circuits. A
 * circuit of MOS transistors takes five tokens a device.
 *
 * A net is a word of its own and not a distance, such as "the net before last": then equal tokens mean equal nets, which is
 * what attention compares, and a device in between changes nothing.
 */
export class NetlistScheme extends LedScheme<GrammarTables> {
  readonly name = "netlist";
  readonly #options: NetlistOptions;
  readonly #words: NetlistWords;

  constructor(options: NetlistOptions, deviceTypes: ReadonlyMap<string, DeviceType>) {
    super();
    this.#options = options;
    this.#words = new NetlistWords(deviceTypes);
  }

  capabilities(): SchemeCapabilities {
    return {
      conditions: ["family", "deviceCount", "ports", "portKinds"],
      grammar: "legal",
      augments: this.#options.order !== "circuit" || this.#options.pins === "random",
    };
  }

  protected override words(circuits: Iterable<Circuit>, asked: Pick<ConditionWords, "ports">): readonly string[] {
    const { ports, types } = corpusWords(circuits, this.#words.types, asked);
    return [
      ...types.map(({ type }) => this.#words.device(type)),
      ...ports.filter((port) => this.#words.isPortName(port)),
      ...Array.from({ length: this.#options.nets }, (_, net) => this.#words.net(net)),
    ];
  }

  protected override write(circuit: Circuit, rng: Rng): readonly string[] {
    return writeSentence(circuit, this.#words, this.#options, rng);
  }

  protected override read(tokens: readonly string[]): Circuit {
    return readSentence(tokens, this.#words, this.#options.nets);
  }

  protected override tables(vocabulary: Vocabulary): GrammarTables {
    return grammarTables(vocabulary, this.#words, this.#options.nets);
  }

  protected override automaton(tables: GrammarTables, limits: SentenceLimits): GrammarState {
    return new NetlistGrammar(tables, limits);
  }
}
