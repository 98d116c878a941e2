import { BYTES } from "./lanes";
import { sin } from "./math";
import { readTable } from "./table";

const SINES = 2048;
const sines = memory.data((SINES + 2) * sizeof<f64>(), 16);
for (let index = 0; index < SINES + 2; index++) store<f64>(sines + index * BYTES, sin((2 * Math.PI * <f64>index) / SINES));

/** Of angles in turns, within 2e-6: drawing by chance asks no more, and most of the time went into sines. */
function sine(turns: v128): v128 {
  return readTable(sines, f64x2.mul(f64x2.sub(turns, f64x2.floor(turns)), f64x2.splat(SINES)));
}

/** Fills a row with the cosines and the next with the sines of each row of angles, times the amplitude. */
export function features(turns: usize, rows: i32, width: i32, amplitude: f64, into: usize): void {
  const step = width * BYTES;
  const amplitudes = f64x2.splat(amplitude);
  for (let row = 0; row < rows; row++, turns += step, into += 2 * step) {
    for (let offset = 0; offset < step; offset += 16) {
      const angles = v128.load(turns + offset);
      v128.store(into + offset, f64x2.mul(amplitudes, sine(f64x2.add(angles, f64x2.splat(0.25)))));
      v128.store(into + step + offset, f64x2.mul(amplitudes, sine(angles)));
    }
  }
}
