import {
  comparePorts,
  conditionVocabulary,
  createVocabulary,
  GROUND_PORT,
  ledByConditions,
  TopogenieError,
  type Circuit,
  type Conditions,
  type ConditionWords,
  type DeviceType,
  type GrammarState,
  type Rng,
  type SchemeCapabilities,
  type TokenizationScheme,
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
export class NetlistScheme implements TokenizationScheme {
  readonly name = "netlist";
  readonly #options: NetlistOptions;
  readonly #words: NetlistWords;
  readonly #tables = new WeakMap<Vocabulary, GrammarTables>();

  constructor(options: NetlistOptions, deviceTypes: ReadonlyMap<string, DeviceType>) {
    this.#options = options;
    this.#words = new NetlistWords(deviceTypes);
  }

  capabilities(): SchemeCapabilities {
    return { conditions: ["family", "deviceCount", "ports"], grammar: "complete", augments: true };
  }

  vocabulary(circuits: Iterable<Circuit>, conditions?: ConditionWords): Vocabulary {
    const ports = new Set([GROUND_PORT]);
    const used = new Set<string>();
    for (const circuit of circuits) {
      for (const port of circuit.ports) if (this.#words.isPortName(port)) ports.add(port);
      for (const device of circuit.devices) used.add(device.type);
    }
    for (const type of used) {
      if (this.#words.types.some(({ name }) => name === type)) continue;
      throw new TopogenieError(
        "DEVICE_TYPE_UNKNOWN",
        `A circuit has devices of type "${type}", which no plugin of this run provides. Add the plugin that provides it to the config.`,
      );
    }
    return createVocabulary([
      ...conditionVocabulary(conditions),
      ...this.#words.types.filter(({ name }) => used.has(name)).map((type) => this.#words.device(type)),
      ...[...ports].sort(comparePorts),
      ...Array.from({ length: this.#options.nets }, (_, net) => this.#words.net(net)),
    ]);
  }

  encode(circuit: Circuit, rng: Rng, conditions?: Conditions): readonly string[] {
    return writeSentence(circuit, this.#words, this.#options, rng, conditions);
  }

  decode(tokens: readonly string[]): Circuit {
    return readSentence(tokens, this.#words, this.#options.nets);
  }

  grammar(vocabulary: Vocabulary, maxTokens: number, conditions?: Conditions): GrammarState {
    let tables = this.#tables.get(vocabulary);
    if (tables === undefined) {
      tables = grammarTables(vocabulary, this.#words, this.#options.nets);
      this.#tables.set(vocabulary, tables);
    }
    const ready = tables;
    return ledByConditions(vocabulary, conditions, (leading) => new NetlistGrammar(ready, maxTokens, leading, conditions));
  }
}
