import {
  corpusWords,
  GROUND_PORT,
  LedScheme,
  pinVocabulary,
  refuseCircuit,
  TokenLexicon,
  writableTypes,
  type Circuit,
  type ConditionWords,
  type DeviceType,
  type GrammarState,
  type Rng,
  type SchemeCapabilities,
  type SentenceLimits,
  type Vocabulary,
} from "@topogenie/core";
import { CompactGrammar } from "./compact-grammar.js";
import { JOIN, LIFT } from "./marks.js";
import type { CompactOptions } from "./options.js";
import { readWalk } from "./read-walk.js";
import { shortWalk, type Step } from "./short-walk.js";
import type { CompactTables } from "./walk-pins.js";

/**
 * A circuit as a short closed walk over its pins and ports, from VSS to VSS. As in AnalogGenie-Lite (Gao et al., ICML 2025)
 * redundant nodes and arcs are left out and the shortest closed walk is looked for. How is our own: devices are no nodes, since
 * their pins name them; the pins of a net are passed one after another, not each joined to each; inside a device the walk may
 * go from any pin to any other; and where going on would take longer it lifts its pen.
 */
export class CompactScheme extends LedScheme<CompactTables> {
  readonly name = "eulerian-compact";
  readonly #options: CompactOptions;
  readonly #lexicon: TokenLexicon;

  constructor(options: CompactOptions, deviceTypes: ReadonlyMap<string, DeviceType>) {
    super();
    this.#options = options;
    this.#lexicon = new TokenLexicon(deviceTypes);
  }

  capabilities(): SchemeCapabilities {
    return { conditions: ["family", "deviceCount", "ports", "portKinds"], grammar: "legal", augments: true };
  }

  /** Every port seen, and of every device type as many devices' pins as one circuit has at most. */
  protected override words(circuits: Iterable<Circuit>, asked: Pick<ConditionWords, "ports">): readonly string[] {
    const { ports, types } = corpusWords(circuits, this.#lexicon.types, asked);
    return [
      LIFT,
      JOIN,
      ...ports.filter((port) => this.#lexicon.isPortName(port)),
      ...types.flatMap(({ type, devices }) =>
        Array.from({ length: devices }, (_, index) => this.#lexicon.deviceTokens(type, index + 1).slice(1)).flat(),
      ),
    ];
  }

  protected override write(circuit: Circuit, rng: Rng): readonly string[] {
    const types = writableTypes(circuit, this.#lexicon);
    if (!circuit.isPort(GROUND_PORT)) {
      refuseCircuit(circuit, `it has no port ${GROUND_PORT}, at which every walk begins. Name its ground net ${GROUND_PORT}`);
    }
    let shortest = shortWalk(circuit, rng);
    for (let attempt = 1; attempt < this.#options.attempts; attempt++) {
      const walk = shortWalk(circuit, rng);
      if (walk.length < shortest.length) shortest = walk;
    }
    return this.#tokens(shortest, types, rng);
  }

  protected override read(tokens: readonly string[]): Circuit {
    return readWalk(tokens, this.#lexicon);
  }

  protected override tables(vocabulary: Vocabulary): CompactTables {
    const scheme = { name: this.name, hasDeviceTokens: false, marks: [LIFT, JOIN] };
    const pins = pinVocabulary(vocabulary, this.#lexicon, scheme);
    const firstOf = pins.types.map((_, type) => pins.devices.findIndex((device) => device.type === type));
    return { ...pins, lift: vocabulary.id(LIFT), firstOf };
  }

  protected override automaton(tables: CompactTables, limits: SentenceLimits): GrammarState {
    return new CompactGrammar(tables, this.#options, limits);
  }

  #tokens(walk: readonly Step[], types: readonly DeviceType[], rng: Rng): string[] {
    const pins: (readonly string[])[] = [];
    const counts = new Map<DeviceType, number>();
    const number = (device: number): void => {
      const type = types[device] as DeviceType;
      const count = (counts.get(type) ?? 0) + 1;
      counts.set(type, count);
      pins[device] ??= this.#lexicon.deviceTokens(type, count).slice(1);
    };
    if (this.#options.deviceNumbers === "random") rng.shuffle([...types.keys()]).forEach(number);
    return walk.map((step) => {
      if (step === "lift") return LIFT;
      if (step === "join") return JOIN;
      if ("port" in step) return step.port;
      if (pins[step.device] === undefined) number(step.device);
      return pins[step.device]?.[step.pin] as string;
    });
  }
}
