import type { HostTensor, TokenBatch } from "@topogenie/core";

interface Continuations {
  total: number;
  readonly counts: Map<number, number>;
}

/**
 * How often each token follows each context of up to `order - 1` tokens of its document. Probabilities are interpolated with those of
 * ever shorter contexts, down to all tokens alike, by the number of different tokens that follow (Witten, Bell, IEEE Trans.
 * Information Theory 37, 1991, method C). With an order of 0 nothing is counted: all tokens stay alike.
 */
export class NgramCounts {
  readonly #order: number;
  readonly #vocabularySize: number;
  readonly #contexts = new Map<string, Continuations>();

  constructor(order: number, vocabularySize: number) {
    this.#order = order;
    this.#vocabularySize = vocabularySize;
  }

  /** Context and token pairs that were seen. */
  get size(): number {
    let size = 0;
    for (const { counts } of this.#contexts.values()) size += counts.size;
    return size;
  }

  add(context: readonly number[], token: number): void {
    for (let length = 0; length < this.#order; length++) {
      if (length > context.length) return;
      this.#count(keyOf(context, length), token, 1);
    }
  }

  /** Of one token, given those before it, the latest last. */
  probability(context: readonly number[], token: number): number {
    let probability = 1 / this.#vocabularySize;
    for (const { total, counts } of this.#known(context)) {
      probability = ((counts.get(token) ?? 0) + counts.size * probability) / (total + counts.size);
    }
    return probability;
  }

  /** Natural logarithms of the probabilities of all tokens. Length: the vocabulary's. */
  logProbabilities(context: readonly number[], into: Float32Array): void {
    const probabilities = new Float64Array(this.#vocabularySize).fill(1 / this.#vocabularySize);
    for (const { total, counts } of this.#known(context)) {
      const rest = counts.size / (total + counts.size);
      for (let id = 0; id < probabilities.length; id++) probabilities[id] = (probabilities[id] as number) * rest;
      for (const [id, count] of counts) probabilities[id] = (probabilities[id] as number) + count / (total + counts.size);
    }
    probabilities.forEach((probability, id) => (into[id] = Math.log(probability)));
  }

  /** One row for each pair that was seen: its context, filled up with -1 on the left, its token and how often. */
  toTensor(): HostTensor {
    const width = this.#order + 1;
    const data = new Float32Array(this.size * width);
    let row = 0;
    for (const [key, { counts }] of this.#contexts) {
      const context = key === "" ? [] : key.split(" ").map(Number);
      for (const [token, count] of counts) {
        const filled = [...new Array<number>(this.#order - 1 - context.length).fill(-1), ...context];
        data.set([...filled, token, count], row * width);
        row++;
      }
    }
    return { shape: [row, width], data };
  }

  addTensor({ shape: [rows = 0, width = 0], data }: HostTensor): void {
    for (let row = 0; row < rows; row++) {
      const values = data.subarray(row * width, (row + 1) * width);
      const context = [...values.subarray(0, width - 2)].filter((token) => token >= 0);
      this.#count(context.join(" "), values[width - 2] as number, values[width - 1] as number);
    }
  }

  #count(key: string, token: number, times: number): void {
    let found = this.#contexts.get(key);
    if (found === undefined) {
      found = { total: 0, counts: new Map() };
      this.#contexts.set(key, found);
    }
    found.total += times;
    found.counts.set(token, (found.counts.get(token) ?? 0) + times);
  }

  /** What follows the context's ends, shortest first, as far as they were seen. */
  *#known(context: readonly number[]): Iterable<Continuations> {
    for (let length = 0; length < this.#order && length <= context.length; length++) {
      const found = this.#contexts.get(keyOf(context, length));
      if (found === undefined) return;
      yield found;
    }
  }
}

function keyOf(context: readonly number[], length: number): string {
  return context.slice(context.length - length).join(" ");
}

/** Calls back for every target of a batch with the tokens of its document up to and with the one that it follows, at most `most`. */
export function eachTarget(batch: TokenBatch, most: number, visit: (context: readonly number[], target: number) => void): void {
  const { tokens, targets, positions } = batch;
  targets.forEach((target, place) => {
    if (target < 0) return;
    const length = Math.min(most, (positions[place] as number) + 1);
    visit([...tokens.subarray(place + 1 - length, place + 1)], target);
  });
}
