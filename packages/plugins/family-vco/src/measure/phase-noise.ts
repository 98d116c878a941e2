const BOLTZMANN = 1.380649e-23;
/** Noise factor of a cross-coupled pair in the long-channel limit, 1 + 2/3 (Rael, Abidi, CICC 2000). */
const RESONATOR_NOISE_FACTOR = 5 / 3;
/** Ratio of a stage's delay to the inverse of its steepest slope, about 1 (Hajimiri, Limotyrakis, Lee 1999). */
const DELAY_OVER_SLOPE = 1;

export interface PhaseNoiseInputs {
  readonly frequencyHz: number;
  readonly offsetHz: number;
  readonly powerWatts: number;
  readonly kelvin: number;
  /** Peak energy of the fundamental in all coils, joules. */
  readonly coilJoules: number;
  readonly swing: number;
  readonly steepness: number;
  readonly supplyVolts: number;
}

/**
 * Estimate of the phase noise, dBc/Hz: the lower of two, each of which holds for its kind of oscillator.
 * Resonators: Leeson's formula `2 k T F / Ptank * (f0 / (2 Q df))^2` (Proc. IEEE 54, 1966) with `Q = w0 E / P`, where E is the coils' energy and
 * all of the power counts as loss; then `k T F P / (2 E^2 dw^2)`.
 * Rings and relaxation oscillators: `8/3 * N * k T / P * VDD / Vchar * (f0 / df)^2` (Hajimiri, Limotyrakis, Lee, IEEE J. Solid-State Circuits 34(6), 1999), with the
 * number of stages N read from how steep the waveform is (a stage's transition is one in 2 N of a period) and Vchar = half the swing.
 */
export function phaseNoise(inputs: PhaseNoiseInputs): number {
  return 10 * Math.log10(Math.min(resonatorNoise(inputs), ringNoise(inputs)));
}

function resonatorNoise({ offsetHz, powerWatts, kelvin, coilJoules }: PhaseNoiseInputs): number {
  if (coilJoules === 0) return Infinity;
  const offset = 2 * Math.PI * offsetHz;
  return (BOLTZMANN * kelvin * RESONATOR_NOISE_FACTOR * powerWatts) / (2 * coilJoules ** 2 * offset ** 2);
}

function ringNoise({ frequencyHz, offsetHz, powerWatts, kelvin, swing, steepness, supplyVolts }: PhaseNoiseInputs): number {
  const stages = Math.max(1, steepness / 2);
  const characteristic = swing / 2;
  return (
    (8 / 3 / DELAY_OVER_SLOPE) *
    stages *
    ((BOLTZMANN * kelvin) / powerWatts) *
    (supplyVolts / characteristic) *
    (frequencyHz / offsetHz) ** 2
  );
}
