import { z } from "zod";

/**
 * How the learning rate changes over the steps.
 * - `cosine`: linear warm-up, then half a cosine down to `finalFraction` of the peak (Loshchilov and Hutter, ICLR 2017).
 * - `warmup-stable-decay`: linear warm-up, the peak, then linearly down to `finalFraction` over the last `decayFraction` of the
 *   steps (Hu et al., MiniCPM, 2024).
 */
export const learningRateSchema = z.strictObject({
  kind: z.enum(["cosine", "warmup-stable-decay"]).default("cosine"),
  peak: z.number().positive().default(1e-3),
  warmupSteps: z.int().min(0).default(50),
  finalFraction: z.number().min(0).max(1).default(0.1),
  decayFraction: z.number().min(0).max(1).default(0.2),
});

export type LearningRateSchedule = z.output<typeof learningRateSchema>;

/** @param step from 0 */
export function learningRateAt(schedule: LearningRateSchedule, step: number, steps: number): number {
  const { kind, peak, warmupSteps, finalFraction, decayFraction } = schedule;
  if (step < warmupSteps) return (peak * (step + 1)) / warmupSteps;
  const floor = peak * finalFraction;
  if (kind === "cosine") {
    const progress = (step - warmupSteps) / Math.max(1, steps - warmupSteps);
    return floor + (peak - floor) * 0.5 * (1 + Math.cos(Math.PI * Math.min(1, progress)));
  }
  const decaySteps = Math.max(1, Math.round(steps * decayFraction));
  const left = Math.max(0, steps - step);
  return floor + (peak - floor) * Math.min(1, left / decaySteps);
}
