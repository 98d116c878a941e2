import type { AdamWStep, OptimizerSettings } from "@topogenie/core";

/**
 * One step of AdamW (Loshchilov and Hutter, ICLR 2019, algorithm 2) in place on a weight and its moments.
 * @param shrink by which the weight is multiplied first: its decay
 */
export function adamWStep(
  weight: Float32Array,
  gradient: Float32Array,
  first: Float32Array,
  second: Float32Array,
  { beta1, beta2, epsilon }: OptimizerSettings,
  { clip, rate, secondScale }: AdamWStep,
  shrink: number,
): void {
  const fresh1 = (1 - beta1) * clip;
  const fresh2 = (1 - beta2) * clip * clip;
  for (let i = 0; i < weight.length; i++) {
    const g = gradient[i] as number;
    const m = beta1 * (first[i] as number) + fresh1 * g;
    const v = beta2 * (second[i] as number) + fresh2 * g * g;
    first[i] = m;
    second[i] = v;
    weight[i] = shrink * (weight[i] as number) - (rate * m) / (Math.sqrt(v * secondScale) + epsilon);
  }
}
