import type { OptimizerSettings } from "@topogenie/core";

/**
 * One step of AdamW (Loshchilov and Hutter, ICLR 2019, algorithm 2) in place on a weight and its moments.
 * @param gradientScale the clipping factor, by which every gradient is multiplied
 * @param decay 0 for weights that do not decay
 * @param step from 1
 */
export function adamWStep(
  weight: Float32Array,
  gradient: Float32Array,
  first: Float32Array,
  second: Float32Array,
  settings: OptimizerSettings,
  gradientScale: number,
  decay: number,
  step: number,
): void {
  const { learningRate, beta1, beta2, epsilon } = settings;
  const rate = learningRate / (1 - beta1 ** step);
  const secondScale = 1 / (1 - beta2 ** step);
  const shrink = 1 - learningRate * decay;
  const fresh1 = (1 - beta1) * gradientScale;
  const fresh2 = (1 - beta2) * gradientScale * gradientScale;
  for (let i = 0; i < weight.length; i++) {
    const g = gradient[i] as number;
    const m = beta1 * (first[i] as number) + fresh1 * g;
    const v = beta2 * (second[i] as number) + fresh2 * g * g;
    first[i] = m;
    second[i] = v;
    weight[i] = shrink * (weight[i] as number) - (rate * m) / (Math.sqrt(v * secondScale) + epsilon);
  }
}
