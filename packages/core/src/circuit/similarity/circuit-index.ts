import type { DeviceType } from "../../contracts/device-type.js";
import type { Circuit } from "../circuit.js";
import { neighbourhoods, type Neighbourhoods } from "./neighbourhoods.js";

export interface NearCircuit<Key> {
  readonly key: Key;
  /** 0 to 1, see {@link circuitDistance}. */
  readonly distance: number;
}

/**
 * Distance of two circuits: 1 - (sum of the smaller) / (sum of the larger) of the numbers of times that each neighbourhood
 * of up to three steps occurs in the two, which is Jaccard's distance of multisets and so a metric on them
 * (Deza, Deza, Encyclopedia of Distances, ch. 1). 0: the same neighbourhoods, as in every two circuits of one topology and,
 * rarely, in others; 1: not even a device type or kind of port in common.
 */
export function circuitDistance(one: Circuit, other: Circuit, deviceTypes: ReadonlyMap<string, DeviceType>): number {
  const index = new CircuitIndex<true>(deviceTypes);
  index.add(true, one);
  return index.nearest(other, 1)[0]?.distance ?? 1;
}

/** Finds the circuits of a collection that are nearest to a given one by {@link circuitDistance}. */
export class CircuitIndex<Key> {
  readonly #deviceTypes: ReadonlyMap<string, DeviceType>;
  readonly #keys: Key[] = [];
  /** Number of neighbourhoods of each circuit. */
  readonly #sizes: number[] = [];
  /** For each neighbourhood the circuits that have it, and how often: index and count in turn. */
  readonly #occurrences = new Map<number, number[]>();

  constructor(deviceTypes: ReadonlyMap<string, DeviceType>) {
    this.#deviceTypes = deviceTypes;
  }

  get size(): number {
    return this.#keys.length;
  }

  add(key: Key, circuit: Circuit): void {
    const found = neighbourhoods(circuit, this.#deviceTypes);
    for (const [hash, count] of found) {
      const list = this.#occurrences.get(hash);
      if (list === undefined) this.#occurrences.set(hash, [this.#keys.length, count]);
      else list.push(this.#keys.length, count);
    }
    this.#keys.push(key);
    this.#sizes.push(total(found));
  }

  /** Nearest first, of equally near ones the first added; fewer than `count` when the index holds fewer. */
  nearest(circuit: Circuit, count: number): NearCircuit<Key>[] {
    const found = neighbourhoods(circuit, this.#deviceTypes);
    const size = total(found);
    const shared = new Float64Array(this.#keys.length);
    for (const [hash, here] of found) {
      const list = this.#occurrences.get(hash) ?? [];
      for (let at = 0; at < list.length; at += 2) {
        const index = list[at] ?? 0;
        shared[index] = (shared[index] ?? 0) + Math.min(here, list[at + 1] ?? 0);
      }
    }
    return this.#keys
      .map((key, index) => {
        const common = shared[index] ?? 0;
        return { key, distance: 1 - common / (size + (this.#sizes[index] ?? 0) - common) };
      })
      .sort((one, other) => one.distance - other.distance)
      .slice(0, count);
  }
}

function total(counts: Neighbourhoods): number {
  let sum = 0;
  for (const count of counts.values()) sum += count;
  return sum;
}
