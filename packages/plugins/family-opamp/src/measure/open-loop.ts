import { minimumPhase } from "./minimum-phase.js";
import { type UnityCrossing, unityCrossings } from "./unity-crossings.js";
import { atPosition, unwrappedPhase } from "./unwrapped-phase.js";

/** A gain that stays below this is too small to matter in feedback: the usual gain margin of 6 dB. */
const NEGLIGIBLE_GAIN = 0.5;
/** Degrees by which a phase may lead the least lag that is possible, for the coarseness of the points. */
const LEAD_TOLERANCE = 90;

/**
 * What an open-loop response says of the amplifier in feedback. Undefined when the gain is not above 1 at the lowest frequency
 * or never falls through 1.
 *
 * - `unityGainBandwidth` [Hz]: where the gain first falls through 1; or, where less, the least gain-bandwidth product on the way
 *   there, so that neither a resonance nor a zero that holds the gain just above 1 buys bandwidth.
 * - `phaseMargin` [deg]: the least of all frequencies at which the gain is 1 (Franklin, Powell, Emami-Naeini, Feedback Control
 *   of Dynamic Systems, sec. 6.4). A phase that leads what any stable circuit of this gain could have counts as a turn later.
 * - `gainPeaking` [dB]: see {@link gainPeaking}.
 */
export function openLoop(
  hertz: Float64Array,
  re: Float64Array,
  im: Float64Array,
): { readonly unityGainBandwidth: number; readonly phaseMargin: number; readonly gainPeaking: number } | undefined {
  const magnitude = re.map((real, index) => Math.hypot(real, im[index] ?? 0));
  const crossings = unityCrossings(hertz, magnitude);
  const [first] = crossings;
  if (first === undefined || (magnitude[0] ?? 0) < 1) return undefined;
  const phase = unwrappedPhase(re, im);
  return {
    unityGainBandwidth: bandwidth(hertz, magnitude, first),
    phaseMargin: Math.min(
      ...crossings.map(({ position }) => {
        const measured = atPosition(phase, position);
        const lead = measured - minimumPhase(hertz, magnitude, position) - LEAD_TOLERANCE;
        return 180 + measured - 360 * Math.max(0, Math.ceil(lead / 360));
      }),
    ),
    gainPeaking: gainPeaking(magnitude),
  };
}

/**
 * The product at a point is that of the amplifier with one pole that has the same gain there and at low frequency, `A0 fp`
 * (Gray, Hurst, Lewis, Meyer, Analysis and Design of Analog Integrated Circuits, sec. 9.2).
 */
function bandwidth(hertz: Float64Array, magnitude: Float64Array, first: UnityCrossing): number {
  const [lowFrequencyGain = Number.NaN] = magnitude;
  let least = first.hertz;
  for (let index = 0; index <= first.position; index++) {
    const gain = magnitude[index] ?? Number.NaN;
    const share = gain / lowFrequencyGain;
    // Nearer to the gain at low frequency the pole cannot be told.
    if (share <= Math.SQRT1_2) least = Math.min(least, ((hertz[index] ?? Number.NaN) * gain) / Math.sqrt(1 - share * share));
  }
  return least;
}

/**
 * Largest rise of the gain, in dB, from any frequency to a higher one at which it is more than half: what complex poles give
 * (Leung, Mok, Analysis of multistage amplifier-frequency compensation, IEEE Trans. Circuits Syst. I 48, 2001).
 */
function gainPeaking(magnitude: Float64Array): number {
  let least = Infinity;
  let rise = 1;
  for (const gain of magnitude) {
    least = Math.min(least, gain);
    if (gain > NEGLIGIBLE_GAIN) rise = Math.max(rise, gain / least);
  }
  return 20 * Math.log10(rise);
}
