import type { ResolvedGptConfig, TokenSampler } from "@topogenie/core";
import { checkKeptRows } from "@topogenie/core";
import type { InferenceSession } from "onnxruntime-common";
import type { Engine } from "./engine.js";
import { runSession, tensorOver } from "./engine.js";
import { cacheParts, newOutput, pastInput } from "./sampling-graph.js";

const FIRST_CAPACITY = 64;
/** A product with one row takes another path in the engine, with other rounding: a lone sentence is written twice. */
const LEAST_ROWS = 2;

/** Keys or values of one layer, `[capacity, rows, heads * d]`. */
interface Cache {
  readonly pastName: string;
  readonly newName: string;
  data: Float32Array;
}

/** Sentences written together, token by token, over a session of the sampling graph. */
export class OnnxTokenSampler implements TokenSampler {
  readonly #engine: Engine;
  readonly #session: InferenceSession;
  readonly #config: ResolvedGptConfig;
  readonly #caches: Cache[];
  #rows: number;
  #capacity = FIRST_CAPACITY;
  #length = 0;

  constructor(engine: Engine, session: InferenceSession, config: ResolvedGptConfig, rows: number) {
    this.#engine = engine;
    this.#session = session;
    this.#config = config;
    this.#rows = rows;
    const elements = FIRST_CAPACITY * this.#held * config.width;
    this.#caches = Array.from({ length: config.layers }, (_, layer) =>
      cacheParts.map((part) => ({
        pastName: pastInput(part, layer),
        newName: newOutput(part, layer),
        data: new Float32Array(elements),
      })),
    ).flat();
  }

  get rows(): number {
    return this.#rows;
  }

  /** Rows in the caches. */
  get #held(): number {
    return Math.max(LEAST_ROWS, this.#rows);
  }

  async step(tokens: Int32Array): Promise<Float32Array> {
    const { heads, width, context, vocabularySize } = this.#config;
    if (tokens.length !== this.#rows) throw new RangeError(`${tokens.length} tokens were given for ${this.#rows} rows.`);
    if (this.#length === context) throw new RangeError(`The model's context of ${context} tokens is full.`);
    if (this.#length === this.#capacity) this.#grow();
    const held = this.#held;
    const stride = held * width;
    const shape = [this.#length, held, heads, width / heads];
    const input = new Int32Array(held).fill(tokens[0] ?? 0);
    input.set(tokens);
    const feeds: Record<string, ReturnType<typeof tensorOver>> = {
      tokens: tensorOver(this.#engine, input, [held]),
      positions: tensorOver(this.#engine, new Int32Array(held).fill(this.#length), [held]),
    };
    const fetches: Record<string, null> = { logits: null };
    for (const { pastName, newName, data } of this.#caches) {
      feeds[pastName] = tensorOver(this.#engine, data.subarray(0, this.#length * stride), shape);
      fetches[newName] = null;
    }
    const results = await runSession(this.#session, feeds, fetches);
    for (const { newName, data } of this.#caches) data.set(floats(results, newName), this.#length * stride);
    this.#length++;
    return floats(results, "logits").subarray(0, this.#rows * vocabularySize);
  }

  keep(rows: readonly number[]): void {
    const before = this.#held;
    const { width } = this.#config;
    checkKeptRows(rows, this.#rows);
    const sources = rows.length === 1 ? [rows[0] as number, rows[0] as number] : rows;
    this.#rows = rows.length;
    for (const cache of this.#caches) {
      // Every row moves towards the front, so that nothing is overwritten before it was read.
      let to = 0;
      for (let time = 0; time < this.#length; time++) {
        for (const source of sources) {
          const from = (time * before + source) * width;
          cache.data.copyWithin(to, from, from + width);
          to += width;
        }
      }
    }
    this.#capacity = Math.floor((this.#caches[0]?.data.length ?? 0) / (Math.max(LEAST_ROWS, rows.length) * width));
  }

  dispose(): Promise<void> {
    this.#caches.length = 0;
    return Promise.resolve();
  }

  #grow(): void {
    this.#capacity = Math.min(2 * this.#capacity, this.#config.context);
    for (const cache of this.#caches) {
      const larger = new Float32Array(this.#capacity * this.#held * this.#config.width);
      larger.set(cache.data.subarray(0, this.#length * this.#held * this.#config.width));
      cache.data = larger;
    }
  }
}

function floats(results: InferenceSession.ReturnType, name: string): Float32Array {
  return results[name]?.data as Float32Array;
}
