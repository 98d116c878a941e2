/** A value at one frequency. */
export interface Phasor {
  readonly re: number;
  readonly im: number;
}

/**
 * Transducer gain, the power in the load over the power available from the source:
 * `|2 Vout / Vs|^2 * Rs / RL` (Pozar, Microwave Engineering, sec. 12.1; it is |S21|^2 between ports of Rs and RL).
 * Nothing passive has more than 1.
 */
export function transducerGain(output: Phasor, sourceOhms: number, loadOhms: number): number {
  return (4 * (output.re ** 2 + output.im ** 2) * sourceOhms) / loadOhms;
}

/** Magnitude of the reflection at the input, `2 Vin / Vs - 1`, for a source of 1 V. */
export function reflection(input: Phasor): number {
  return Math.hypot(2 * input.re - 1, 2 * input.im);
}
