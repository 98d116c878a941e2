import type { Rng } from "../runtime/rng.js";

/** How the next token is drawn from the logits. */
export interface ChoiceSettings {
  /** Logits are divided by it; 0 always takes the likeliest token. */
  readonly temperature: number;
  /** Only the k likeliest tokens; 0 for all. */
  readonly topK: number;
  /** Only the likeliest tokens that together have this probability (Holtzman et al., ICLR 2020); 1 for all. */
  readonly topP: number;
}

/** Draws tokens, keeping its scratch memory from one to the next. */
export class TokenChooser {
  readonly #settings: ChoiceSettings;
  /** Weights by id; those of tokens that are not allowed now are left over from before. */
  readonly #weights: Float64Array;
  /** The tokens that are allowed now. */
  readonly #ids: Int32Array;
  readonly #order: Int32Array;

  constructor(vocabularySize: number, settings: ChoiceSettings) {
    this.#settings = settings;
    this.#weights = new Float64Array(vocabularySize);
    this.#ids = new Int32Array(vocabularySize);
    this.#order = new Int32Array(vocabularySize);
  }

  /**
   * One token, with one number from the rng (none at temperature 0).
   * @param logits of one row
   * @param mask 1 for the tokens that are allowed; at least one must be
   */
  choose(logits: Float32Array, mask: Uint8Array, rng: Rng): number {
    // What follows looks at the allowed tokens alone: a grammar allows a few of many.
    const ids = this.#ids;
    let count = 0;
    let likeliest = -1;
    let peak = -Infinity;
    for (let id = 0; id < mask.length; id++) {
      if (mask[id] !== 1) continue;
      const logit = logits[id] as number;
      ids[count++] = id;
      if (likeliest >= 0 && !(logit > peak)) continue;
      likeliest = id;
      peak = logit;
    }
    if (likeliest < 0) throw new Error("The mask allows no token.");
    const { temperature, topK, topP } = this.#settings;
    if (temperature === 0) return likeliest;
    const weights = this.#weights;
    let total = 0;
    for (let index = 0; index < count; index++) {
      const id = ids[index] as number;
      const weight = Math.exp(((logits[id] as number) - peak) / temperature);
      weights[id] = weight;
      total += weight;
    }
    if (topK > 0 || topP < 1) total = this.#keepLikeliest(count, total, topK > 0 ? topK : count, topP);
    let left = rng.uniform() * total;
    let last = likeliest;
    for (let index = 0; index < count; index++) {
      const id = ids[index] as number;
      const weight = weights[id] as number;
      if (weight === 0) continue;
      last = id;
      left -= weight;
      if (left < 0) break;
    }
    return last;
  }

  /** Sets the weights of all but the likeliest of the allowed tokens to 0 and returns what is left; ties go to the lower id. */
  #keepLikeliest(allowed: number, total: number, topK: number, topP: number): number {
    const weights = this.#weights;
    let count = 0;
    for (let index = 0; index < allowed; index++) {
      const id = this.#ids[index] as number;
      if (weights[id] !== 0) this.#order[count++] = id;
    }
    const order = this.#order.subarray(0, count).sort((a, b) => (weights[b] as number) - (weights[a] as number) || a - b);
    let kept = 0;
    let sum = 0;
    while (kept < count && kept < topK && sum < topP * total) sum += weights[order[kept++] as number] as number;
    for (let index = kept; index < count; index++) weights[order[index] as number] = 0;
    return sum;
  }
}
