import type { Rng } from "@topogenie/core";

const SINES = 2048;
const sines = Float64Array.from({ length: SINES + 2 }, (_, index) => Math.sin((2 * Math.PI * index) / SINES));

/** Of an angle in turns, within 2e-6, between two values of a table: drawing by chance asks no more. */
function sineOfTurns(turns: number): number {
  const place = (turns - Math.floor(turns)) * SINES;
  const index = Math.floor(place);
  const low = sines[index] as number;
  return low + (place - index) * ((sines[index + 1] as number) - low);
}

/** Fills with standard normal numbers, two from each pair of uniform ones (Box and Muller 1958). */
export function drawNormals(numbers: Float64Array, rng: Rng): Float64Array {
  for (let i = 0; i < numbers.length; i += 2) {
    const radius = Math.sqrt(-2 * Math.log(1 - rng.uniform()));
    const turns = rng.uniform();
    numbers[i] = radius * sineOfTurns(turns + 0.25);
    if (i + 1 < numbers.length) numbers[i + 1] = radius * sineOfTurns(turns);
  }
  return numbers;
}
