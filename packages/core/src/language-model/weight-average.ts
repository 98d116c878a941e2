import type { HostTensor, ModelState } from "../contracts/model-backend.js";
import { gptParameters } from "./gpt-parameters.js";

/** An exponential moving average of the weights over the steps of a training. */
export interface AveragingSettings {
  /** Share of the average that a step leaves as it was. Early steps count more: see {@link WeightAverage}. */
  readonly decay: number;
  /** Steps between two updates, each of which weighs as much as that many steps. */
  readonly every: number;
}

type Tensors = ReadonlyMap<string, HostTensor>;

/**
 * The average a of the weights w: a ← d a + (1 − d) w (Polyak and Juditsky, 1992). At step t a step's d is the smaller of
 * `decay` and (1 + t) / (10 + t), so that the initial weights are soon forgotten (as TensorFlow's ExponentialMovingAverage).
 * It depends on the steps alone, so that a resumed training ends with the average of an uninterrupted one.
 */
export class WeightAverage {
  readonly #settings: AveragingSettings;
  #tensors: Tensors | undefined;

  /** @param tensors the average so far; none before the first update */
  constructor(settings: AveragingSettings, tensors: Tensors | undefined) {
    this.#settings = settings;
    this.#tensors = tensors;
  }

  /** Undefined before the first update. */
  get tensors(): Tensors | undefined {
    return this.#tensors;
  }

  /** Whether the average is updated after this many steps. */
  isDue(step: number): boolean {
    return step % this.#settings.every === 0;
  }

  update({ config, step, tensors }: ModelState): void {
    const weights = gptParameters(config).map(({ name }) => [name, tensors.get(name) as HostTensor] as const);
    if (this.#tensors === undefined) {
      this.#tensors = new Map(weights);
      return;
    }
    const { decay, every } = this.#settings;
    const share = 1 - Math.min(decay, (1 + step) / (10 + step)) ** every;
    for (const [name, { data }] of weights) {
      const average = (this.#tensors.get(name) as HostTensor).data;
      for (let i = 0; i < data.length; i++) {
        const before = average[i] as number;
        average[i] = before + share * ((data[i] as number) - before);
      }
    }
  }
}
