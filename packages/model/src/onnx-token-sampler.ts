import type { ResolvedGptConfig, TokenSampler } from "@topogenie/core";
import { checkKeptRows } from "@topogenie/core";
import type { InferenceSession } from "onnxruntime-common";
import type { Engine } from "./engine.js";
import { runSession, tensorOver } from "./engine.js";
import { cacheParts, newOutput, pastInput, type CachePart } from "./sampling-graph.js";
import { FORBIDDEN } from "./whole-sequence-graph.js";

/** Tokens by which the past grows. What is not written yet takes part in the products, and growing moves what is. */
const GROWTH = 64;
/** A product with one row takes another path in the engine, with other rounding: a lone sentence is written twice. */
const LEAST_ROWS = 2;

/** Keys or values of one layer, as {@link samplingGraph} reads them; there may be room for more behind them. */
interface Cache {
  readonly part: CachePart;
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
  readonly #fetches: Readonly<Record<string, null>>;
  #unwritten: Float32Array;
  #rows: number;
  #capacity: number;
  #length = 0;

  constructor(engine: Engine, session: InferenceSession, config: ResolvedGptConfig, rows: number) {
    this.#engine = engine;
    this.#session = session;
    this.#config = config;
    this.#rows = rows;
    this.#capacity = Math.min(GROWTH, config.context);
    this.#unwritten = new Float32Array(this.#capacity).fill(FORBIDDEN);
    const elements = this.#held * config.width * this.#capacity;
    this.#caches = Array.from({ length: config.layers }, (_, layer) =>
      cacheParts.map((part) => ({
        part,
        pastName: pastInput(part, layer),
        newName: newOutput(part, layer),
        data: new Float32Array(elements),
      })),
    ).flat();
    this.#fetches = Object.fromEntries(["logits", ...this.#caches.map(({ newName }) => newName)].map((name) => [name, null]));
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
    const capacity = this.#capacity;
    const headWidth = width / heads;
    const input = new Int32Array(held).fill(tokens[0] ?? 0);
    input.set(tokens);
    const feeds: Record<string, ReturnType<typeof tensorOver>> = {
      tokens: tensorOver(this.#engine, input, [held]),
      positions: tensorOver(this.#engine, new Int32Array(held).fill(this.#length), [held]),
      unwritten: tensorOver(this.#engine, this.#unwritten, [capacity]),
    };
    for (const { part, pastName, data } of this.#caches) {
      const shape = part === "key" ? [held, heads, headWidth, capacity] : [held, heads, capacity, headWidth];
      feeds[pastName] = tensorOver(this.#engine, data.subarray(0, held * width * capacity), shape);
    }
    const results = await runSession(this.#session, feeds, this.#fetches);
    for (const cache of this.#caches) this.#remember(cache, floats(results, cache.newName));
    this.#unwritten[this.#length] = 0;
    this.#length++;
    return floats(results, "logits").subarray(0, this.#rows * vocabularySize);
  }

  keep(rows: readonly number[]): void {
    checkKeptRows(rows, this.#rows);
    const sources = rows.length === 1 ? [rows[0] as number, rows[0] as number] : rows;
    this.#rows = rows.length;
    const size = this.#config.width * this.#capacity;
    for (const cache of this.#caches) {
      // Every row moves towards the front, so that nothing is overwritten before it was read.
      sources.forEach((source, to) => cache.data.copyWithin(to * size, source * size, (source + 1) * size));
    }
  }

  dispose(): Promise<void> {
    this.#caches.length = 0;
    return Promise.resolve();
  }

  /** Writes a token's keys or values, `[rows, heads, 1, d]`, where they belong. */
  #remember({ part, data }: Cache, own: Float32Array): void {
    const capacity = this.#capacity;
    const length = this.#length;
    if (part === "key") {
      for (let index = 0, at = length; index < own.length; index++, at += capacity) data[at] = own[index] as number;
      return;
    }
    const headWidth = this.#config.width / this.#config.heads;
    for (let from = 0, at = length * headWidth; from < own.length; from += headWidth, at += capacity * headWidth) {
      for (let place = 0; place < headWidth; place++) data[at + place] = own[from + place] as number;
    }
  }

  #grow(): void {
    const { heads, width, context } = this.#config;
    const before = this.#capacity;
    this.#capacity = Math.min(before + GROWTH, context);
    const unwritten = new Float32Array(this.#capacity).fill(FORBIDDEN);
    unwritten.set(this.#unwritten);
    this.#unwritten = unwritten;
    for (const cache of this.#caches) {
      // Keys of a place in the head, or values of a head, lie together and move apart. What lies between is read, but counts for
      // nothing: it need only be finite.
      const pieces = this.#held * (cache.part === "key" ? width : heads);
      const size = ((this.#held * width) / pieces) * before;
      const step = ((this.#held * width) / pieces) * this.#capacity;
      const source = cache.data;
      if (source.length < pieces * step) {
        cache.data = new Float32Array(Math.min(2 * source.length, this.#held * width * context));
        cache.data.set(source.subarray(0, pieces * size));
      }
      for (let piece = pieces - 1; piece > 0; piece--) cache.data.copyWithin(piece * step, piece * size, (piece + 1) * size);
    }
  }
}

function floats(results: InferenceSession.ReturnType, name: string): Float32Array {
  return results[name]?.data as Float32Array;
}
