import type { DeviceType } from "../../contracts/device-type.js";
import type { Circuit } from "../circuit.js";
import { portKind } from "../ports.js";
import { CircuitIndex } from "./circuit-index.js";

export interface Classification {
  readonly label: string;
  /** Share of the votes, 0 to 1. */
  readonly confidence: number;
  readonly voters: readonly Voter[];
}

export interface Voter {
  readonly circuit: string;
  readonly label: string;
  /** 0 to 1: what the two have in common, of neighbourhoods times of kinds of ports. */
  readonly likeness: number;
}

interface Example {
  readonly circuit: string;
  readonly label: string;
  readonly portKinds: ReadonlySet<string>;
}

const VOTERS = 5;
/** Circuits near in structure among which those alike in ports are sought. */
const CANDIDATES = 300;
/** Added to a difference before its inverse is a vote, so that a twin outweighs near ones without silencing them. */
const SOFTENING = 0.05;
/**
 * Power of a label's number of examples by which its votes are divided. Of a type with twenty examples fewer lie near by chance
 * than of one with nine hundred; a full division (1) would let a lone example of a rare type outvote four of a common one.
 */
const RARITY = 0.25;

/**
 * Tells the type of a circuit from its structure and ports. The five most alike circuits of known type vote, each with the
 * inverse of its difference (Dudani, "The distance-weighted k-nearest-neighbor rule", IEEE Trans. SMC 1976), rare types with more
 * weight than common ones (Tan, "Neighbor-weighted K-nearest neighbor for unbalanced text corpus", Expert Systems with
 * Applications 2005). Likeness is 1 - {@link circuitDistance}, times the share of kinds of ports that two circuits have in common.
 */
export class CircuitClassifier {
  readonly #index: CircuitIndex<Example>;
  readonly #examples = new Map<string, number>();

  constructor(deviceTypes: ReadonlyMap<string, DeviceType>) {
    this.#index = new CircuitIndex(deviceTypes);
  }

  learn(label: string, circuit: Circuit): void {
    this.#examples.set(label, (this.#examples.get(label) ?? 0) + 1);
    this.#index.add({ circuit: circuit.name, label, portKinds: portKinds(circuit) }, circuit);
  }

  /**
   * Undefined when nothing was learned that has anything in common with the circuit.
   * @param except names of circuits that do not vote, such as the one in question
   */
  classify(circuit: Circuit, except: ReadonlySet<string> = new Set()): Classification | undefined {
    const kinds = portKinds(circuit);
    const voters = this.#index
      .nearest(circuit, CANDIDATES + except.size)
      .filter(({ key }) => !except.has(key.circuit))
      .map(({ key, distance }) => ({
        circuit: key.circuit,
        label: key.label,
        likeness: (1 - distance) * shareInCommon(kinds, key.portKinds),
      }))
      .filter(({ likeness }) => likeness > 0)
      .sort((one, other) => other.likeness - one.likeness)
      .slice(0, VOTERS);
    return elect(voters, this.#examples);
  }
}

function elect(voters: readonly Voter[], examples: ReadonlyMap<string, number>): Classification | undefined {
  const votes = new Map<string, number>();
  let all = 0;
  for (const { label, likeness } of voters) {
    const weight = 1 / (1 - likeness + SOFTENING) / (examples.get(label) ?? 1) ** RARITY;
    all += weight;
    votes.set(label, (votes.get(label) ?? 0) + weight);
  }
  let best: { readonly label: string; readonly weight: number } | undefined;
  for (const [label, weight] of votes) if (best === undefined || weight > best.weight) best = { label, weight };
  return best === undefined ? undefined : { label: best.label, confidence: best.weight / all, voters };
}

function portKinds(circuit: Circuit): ReadonlySet<string> {
  return new Set(circuit.ports.map(portKind));
}

function shareInCommon(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const common = [...one].filter((kind) => other.has(kind)).length;
  return common / (one.size + other.size - common);
}
