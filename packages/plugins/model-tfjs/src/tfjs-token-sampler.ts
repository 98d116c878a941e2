import type { TokenSampler } from "@topogenie/core";
import { checkKeptRows } from "@topogenie/core";
import type { Engine } from "./engine.js";
import type { Network } from "./gpt.js";
import { gptLogits } from "./gpt.js";
import { KeyValueCache } from "./key-value-cache.js";
import { Tape } from "./tape.js";

/** Sentences written together, token by token. */
export class TfjsTokenSampler implements TokenSampler {
  readonly #engine: Engine;
  readonly #network: Network;
  readonly #caches: readonly KeyValueCache[];
  #rows: number;
  #length = 0;

  constructor(engine: Engine, network: Network, rows: number) {
    const { layers, width, heads } = network.config;
    this.#engine = engine;
    this.#network = network;
    this.#rows = rows;
    this.#caches = Array.from({ length: layers }, () => new KeyValueCache(engine, width / heads));
  }

  get rows(): number {
    return this.#rows;
  }

  async step(tokens: Int32Array): Promise<Float32Array> {
    const { context } = this.#network.config;
    if (tokens.length !== this.#rows) throw new RangeError(`${tokens.length} tokens were given for ${this.#rows} rows.`);
    if (this.#length === context) throw new RangeError(`The model's context of ${context} tokens is full.`);
    const { tf } = this.#engine;
    const inputs = this.#engine.compute(() => ({
      tokens: tf.tensor1d(tokens.slice(), "int32"),
      positions: tf.fill([this.#rows], this.#length, "int32"),
    }));
    try {
      const logits = await gptLogits(
        new Tape(this.#engine, false),
        this.#network,
        { ...inputs, length: context },
        {
          attend: (layer, heads) => (this.#caches[layer] as KeyValueCache).attend(heads),
          dropout: (_layer, _place, x) => x,
        },
      );
      this.#length++;
      return await this.#engine.read(logits);
    } finally {
      inputs.tokens.dispose();
      inputs.positions.dispose();
    }
  }

  keep(rows: readonly number[]): void {
    checkKeptRows(rows, this.#rows);
    for (const cache of this.#caches) cache.keep(rows, this.#rows);
    this.#rows = rows.length;
  }

  dispose(): Promise<void> {
    for (const cache of this.#caches) cache.dispose();
    return Promise.resolve();
  }
}
