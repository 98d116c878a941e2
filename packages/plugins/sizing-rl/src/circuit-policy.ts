import { createHash } from "node:crypto";
import {
  batchOf,
  createVocabulary,
  loadCheckpoint,
  NO_TARGET,
  packDocuments,
  PADDING_ID,
  restoreVocabulary,
  saveCheckpoint,
  START_ID,
  TokenChooser,
  TopogenieError,
  type EndedStudy,
  type LanguageModel,
  type ModelBackend,
  type ModelState,
  type OptimizationProblem,
  type OptimizerSettings,
  type Rng,
  type SizingPolicy,
  type TokenBatch,
} from "@topogenie/core";
import { z } from "zod";
import { BestSizings, bestSizingsJson } from "./best-sizings.js";
import type { RlOptions } from "./options.js";
import { sizingWords, stepOf, UNKNOWN, VALUES, valueWord } from "./sizing-words.js";

type Settings = Pick<
  RlOptions,
  "proposals" | "temperature" | "layers" | "heads" | "width" | "context" | "steps" | "rows" | "learningRate" | "kept"
>;

/** Part of the words that training hides, so that the policy knows what to make of one it never met. */
const HIDDEN = 0.04;
/** Standard deviation of the noise on values in training, in steps: neighbouring values are so learned as neighbours. */
const BLUR = 0.6;
/** Training steps whose mean loss is told. */
const TOLD_STEPS = 20;
/** Part of the steps in which the learning rate rises from nothing. */
const WARM_UP = 0.1;
const optimizer: Omit<OptimizerSettings, "learningRate"> = {
  weightDecay: 0.05,
  beta1: 0.9,
  beta2: 0.98,
  epsilon: 1e-8,
  clipNorm: 1,
};

const savedSchema = z.object({ identity: z.string(), best: bestSizingsJson });

interface Learned {
  readonly state: ModelState;
  readonly vocabulary: readonly string[];
}

/** A model that whoever opens it disposes: a policy is used for moments, minutes of simulations apart. */
interface Opened {
  readonly model: LanguageModel;
  readonly words: ReadonlyMap<string, number>;
  readonly vocabulary: readonly string[];
}

/**
 * A policy over sizing steps: a GPT that reads a circuit device by device and writes each size after what it belongs to, so that
 * the probability of a sizing is the product of its steps'. It learns by priority queue training (Abolafia, Norouzi, Shen, Zhao
 * and Le, "Neural program synthesis with priority queue training", arXiv:1801.03526, 2018): the gradient of the log-probability of
 * the best sizings that were met on each circuit, which is the policy gradient for a reward of 1 for those and 0 for all others.
 * What is met comes from studies that begin with the policy's own proposals and better them by search, as in expert iteration
 * (Anthony, Tian and Barber, NeurIPS 2017).
 */
export class CircuitPolicy implements SizingPolicy {
  readonly #settings: Settings;
  readonly #backend: () => Promise<ModelBackend>;
  #best: BestSizings;
  #identity: string;
  #learned: Learned | undefined;

  private constructor(
    settings: Settings,
    backend: () => Promise<ModelBackend>,
    best: BestSizings,
    identity: string,
    learned?: Learned,
  ) {
    this.#settings = settings;
    this.#backend = backend;
    this.#best = best;
    this.#identity = identity;
    this.#learned = learned;
  }

  /** @param backend asked for when the policy is used */
  static untrained(settings: Settings, backend: () => Promise<ModelBackend>): CircuitPolicy {
    return new CircuitPolicy(settings, backend, new BestSizings(settings.kept), "");
  }

  /** Throws `SIZING_POLICY_MISSING` or `SIZING_POLICY_INVALID`. */
  static async load(folder: string, settings: Settings, backend: () => Promise<ModelBackend>): Promise<CircuitPolicy> {
    const { state, vocabulary, training } = await loadCheckpoint(folder).catch((cause: unknown) => {
      if (!(cause instanceof TopogenieError) || cause.code !== "CHECKPOINT_MISSING") throw cause;
      throw new TopogenieError(
        "SIZING_POLICY_MISSING",
        `policy: there is no trained policy at ${folder}. Train one with topogenie train-sizing, or name another folder.`,
        { cause },
      );
    });
    const saved = savedSchema.safeParse(training);
    if (!saved.success) {
      throw new TopogenieError(
        "SIZING_POLICY_INVALID",
        `policy: ${folder} is a checkpoint, but not of a sizing policy. Train one with topogenie train-sizing.`,
      );
    }
    const { identity, best } = saved.data;
    const restored = restoreVocabulary({ tokens: vocabulary }).tokens;
    return new CircuitPolicy(settings, backend, new BestSizings(settings.kept, best), identity, { state, vocabulary: restored });
  }

  get identity(): string {
    return this.#identity;
  }

  async propose(problem: OptimizationProblem, rng: Rng): Promise<readonly Float64Array[]> {
    const count = Math.min(this.#settings.proposals, Math.floor(problem.budget / 4));
    const { words, places } = sizingWords(problem);
    if (count === 0 || this.#learned === undefined || places.every((place) => place === undefined)) return [];
    const opened = await this.#open(this.#learned);
    const steps = await this.#write(opened, words, count, rng).finally(() => opened.model.dispose());
    return steps.map((ofWords, row) => {
      const inside = rng.fork(`inside ${row}`);
      return Float64Array.from(problem.dimensions, (_, dimension) => {
        const step = ofWords[places[dimension] ?? -1];
        const usual = problem.initial[0]?.[dimension] ?? 0.5;
        if (step === undefined) return usual;
        return (step + (row === 0 ? 0.5 : inside.uniform())) / VALUES;
      });
    });
  }

  async learn(studies: readonly EndedStudy[], rng: Rng): Promise<{ readonly loss: number }> {
    for (const study of studies) this.#best.add(study);
    if (this.#best.circuits.length === 0) {
      throw new TopogenieError(
        "SIZING_POLICY_NOTHING_LEARNED",
        "There is nothing to learn from: no simulation of these circuits worked, or their sizes have no meaning.",
      );
    }
    const opened = await (this.#learned === undefined ? this.#create(rng) : this.#open(this.#learned));
    const losses: number[] = [];
    try {
      const { steps, learningRate } = this.#settings;
      for (let step = 0; step < steps; step++) {
        const done = step / steps;
        const rate = learningRate * Math.min(1, done / WARM_UP + 1 / steps) * (1 - 0.9 * done);
        const batch = this.#batch(opened, rng.fork(`step ${step}`));
        losses.push((await opened.model.trainStep(batch, { ...optimizer, learningRate: rate })).loss);
      }
      this.#learned = { state: await opened.model.save(), vocabulary: opened.vocabulary };
    } finally {
      await opened.model.dispose();
    }
    const told = losses.slice(-TOLD_STEPS);
    const digest = createHash("sha256").update(this.#identity).update(JSON.stringify(this.#best.toJson()));
    this.#identity = digest.update(String(losses.at(-1))).digest("hex");
    return { loss: told.reduce((sum, loss) => sum + loss, 0) / told.length };
  }

  /** Throws `SIZING_POLICY_UNTRAINED`. */
  async save(folder: string): Promise<void> {
    if (this.#learned === undefined) {
      throw new TopogenieError("SIZING_POLICY_UNTRAINED", "This sizing policy has not been trained yet.");
    }
    await saveCheckpoint(folder, {
      ...this.#learned,
      corpusHash: this.#identity,
      metrics: { circuits: this.#best.circuits.length },
      training: { identity: this.#identity, best: this.#best.toJson() },
    });
  }

  async #open({ state, vocabulary }: Learned): Promise<Opened> {
    const backend = await this.#backend();
    return { model: await backend.load(state), ...numbered(vocabulary) };
  }

  async #create(rng: Rng): Promise<Opened> {
    const met = [...new Set(this.#best.circuits.flatMap(({ words }) => words))].filter((word) => word !== "").sort();
    const values = Array.from({ length: VALUES }, (_, step) => valueWord(step));
    const { tokens } = createVocabulary([UNKNOWN, ...values, ...met]);
    const { layers, heads, width, context } = this.#settings;
    const config = { layers, heads, width, context, vocabularySize: tokens.length, dropout: 0, positions: "rotary" as const };
    const backend = await this.#backend();
    return { model: await backend.create(config, rng.fork("weights").integer(2 ** 31)), ...numbered(tokens) };
  }

  #batch({ words }: Opened, rng: Rng): TokenBatch {
    const { rows, context } = this.#settings;
    const documents: Int32Array[] = [];
    // More than fit: what is left over after packing is dropped, whatever its length.
    for (let room = 2 * rows * context; room > 0;) {
      const document = this.#document(words, context, rng);
      documents.push(document);
      room -= document.length;
    }
    const packed = packDocuments(documents, context).rows.slice(0, rows);
    const batch = batchOf(packed, rows, context);
    const firstValue = words.get(valueWord(0)) ?? 0;
    const targets = batch.targets.map((target) => (target >= firstValue && target < firstValue + VALUES ? target : NO_TARGET));
    return { ...batch, targets };
  }

  #document(words: ReadonlyMap<string, number>, context: number, rng: Rng): Int32Array {
    const { circuit, x } = this.#best.draw(rng);
    const values = new Map(circuit.places.map((place, dimension) => [place, x[dimension] ?? 0.5]));
    const tokens = circuit.words.map((word, place) => {
      const value = values.get(place);
      if (value !== undefined) return idOf(words, valueWord(stepOf(value + (BLUR * rng.normal()) / VALUES)));
      return rng.uniform() < HIDDEN ? idOf(words, UNKNOWN) : idOf(words, word);
    });
    return Int32Array.from([START_ID, ...tokens]).slice(0, context + 1);
  }

  /** By row and word, the step of the value written there; undefined for words that were given. */
  async #write({ model, words, vocabulary }: Opened, given: readonly string[], count: number, rng: Rng) {
    const size = vocabulary.length;
    const mask = new Uint8Array(size);
    const firstValue = words.get(valueWord(0)) ?? 0;
    mask.fill(1, firstValue, firstValue + VALUES);
    const likeliest = new TokenChooser(size, { temperature: 0, topK: 0, topP: 1 });
    const chooser = new TokenChooser(size, { temperature: this.#settings.temperature, topK: 0, topP: 1 });
    const rngs = Array.from({ length: count }, (_, row) => rng.fork(`row ${row}`));
    const written: (number | undefined)[][] = rngs.map(() => []);
    const sampler = await model.sampler(count);
    try {
      let input = new Int32Array(count).fill(START_ID);
      const last = Math.min(given.length, model.config.context);
      for (let place = 0; place < last; place++) {
        const logits = await sampler.step(input);
        const word = given[place] ?? "";
        input = Int32Array.from(rngs, (numbers, row) => {
          if (word !== "") return idOf(words, word);
          const own = logits.subarray(row * size, (row + 1) * size);
          const token = (row === 0 ? likeliest : chooser).choose(own, mask, numbers);
          (written[row] ?? [])[place] = token - firstValue;
          return token;
        });
      }
    } finally {
      await sampler.dispose();
    }
    return written;
  }
}

function numbered(vocabulary: readonly string[]) {
  return { vocabulary, words: new Map(vocabulary.map((word, id) => [word, id])) };
}

function idOf(words: ReadonlyMap<string, number>, word: string): number {
  return words.get(word) ?? words.get(UNKNOWN) ?? PADDING_ID;
}
