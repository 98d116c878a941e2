import {
  corpusWords,
  LedScheme,
  pinVocabulary,
  TokenLexicon,
  type Circuit,
  type ConditionWords,
  type DeviceType,
  type GrammarState,
  type PinVocabulary,
  type Rng,
  type SchemeCapabilities,
  type SentenceLimits,
  type Vocabulary,
} from "@topogenie/core";
import { decodeWalk } from "./decode.js";
import { depthFirstWalk } from "./depth-first-walk.js";
import { eulerianWalk } from "./eulerian-walk.js";
import { EulerianGrammar } from "./grammar/eulerian-grammar.js";
import { LegalWalkGrammar } from "./grammar/legal-walk-grammar.js";
import type { EulerianOptions } from "./options.js";
import type { PinGraph } from "./pin-graph.js";
import { pinGraph } from "./pin-graph.js";

/**
 * AnalogGenie's scheme (Gao et al., ICLR 2025): a sentence is a closed Eulerian walk over the circuit's pin graph from VSS.
 * A graph of E edges gives 2 E + 1 tokens. Net names are not written: decoding gives the same topology with nets numbered.
 */
export class EulerianScheme extends LedScheme<PinVocabulary> {
  readonly name = "eulerian";
  readonly #options: EulerianOptions;
  readonly #lexicon: TokenLexicon;
  /** A circuit is encoded many times over; its graph never changes. */
  readonly #graphs = new WeakMap<Circuit, PinGraph>();

  constructor(options: EulerianOptions, deviceTypes: ReadonlyMap<string, DeviceType>) {
    super();
    this.#options = options;
    this.#lexicon = new TokenLexicon(deviceTypes);
  }

  capabilities(): SchemeCapabilities {
    return this.#options.rules === "enforce"
      ? { conditions: ["family", "deviceCount", "ports", "portKinds"], grammar: "legal", augments: true }
      : { conditions: ["family", "ports", "portKinds"], grammar: "complete", augments: true };
  }

  /**
   * Every port seen, and of every device type as many devices, with all their pins, as one circuit has at most.
   * Circuits that cannot be encoded count too: nothing here needs their graph.
   */
  protected override words(circuits: Iterable<Circuit>, asked: Pick<ConditionWords, "ports">): readonly string[] {
    const { ports, types } = corpusWords(circuits, this.#lexicon.types, asked);
    return [
      ...ports,
      ...types.flatMap(({ type, devices }) =>
        Array.from({ length: devices }, (_, index) => this.#lexicon.deviceTokens(type, index + 1)).flat(),
      ),
    ];
  }

  protected override write(circuit: Circuit, rng: Rng): readonly string[] {
    let graph = this.#graphs.get(circuit);
    if (graph === undefined) {
      graph = pinGraph(circuit, this.#lexicon, this.#options.portPins);
      this.#graphs.set(circuit, graph);
    }
    const walk = this.#options.walk === "uniform" ? eulerianWalk(graph, rng) : depthFirstWalk(graph, rng);
    const tokens = this.#nodeTokens(graph, walk, rng);
    const sentence = new Array<string>(walk.length);
    for (let index = 0; index < walk.length; index++) sentence[index] = tokens[walk[index] as number] as string;
    return sentence;
  }

  protected override read(tokens: readonly string[]): Circuit {
    return decodeWalk(tokens, this.#lexicon, this.#options);
  }

  protected override tables(vocabulary: Vocabulary): PinVocabulary {
    return pinVocabulary(vocabulary, this.#lexicon, { name: this.name, hasDeviceTokens: true });
  }

  protected override automaton(tables: PinVocabulary, limits: SentenceLimits): GrammarState {
    const Grammar = this.#options.rules === "enforce" ? LegalWalkGrammar : EulerianGrammar;
    return new Grammar(tables, this.#options.portPins, limits);
  }

  /** The token of every node: devices of a type are numbered from 1, in the order that the options ask for. */
  #nodeTokens(graph: PinGraph, walk: Uint16Array, rng: Rng): string[] {
    const tokens = [...graph.ports];
    const taken = new Map<DeviceType, number>();
    for (const { type, node } of this.#numberingOrder(graph, walk, rng)) {
      const number = (taken.get(type) ?? 0) + 1;
      taken.set(type, number);
      this.#lexicon.deviceTokens(type, number).forEach((token, index) => {
        tokens[node + index] = token;
      });
    }
    return tokens;
  }

  #numberingOrder({ devices }: PinGraph, walk: Uint16Array, rng: Rng): PinGraph["devices"] {
    switch (this.#options.deviceNumbers) {
      case "circuit":
        return devices;
      case "random":
        return rng.shuffle(devices);
      case "visit": {
        const places = new Map(devices.map((device) => [device, walk.findIndex((node) => belongsTo(node, device))]));
        return [...devices].sort((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
      }
    }
  }
}

/** Whether a node is a device or one of its pins. */
function belongsTo(node: number, device: PinGraph["devices"][number]): boolean {
  return node >= device.node && node <= device.node + device.type.pins.length;
}
