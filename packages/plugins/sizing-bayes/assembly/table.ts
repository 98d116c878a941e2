import { BYTES } from "./lanes";

/** Between two numbers of a table, at places counted in its steps. */
export function readTable(table: usize, places: v128): v128 {
  const whole = f64x2.floor(places);
  const indices = i32x4.trunc_sat_f64x2_s_zero(whole);
  const one = v128.load(table + i32x4.extract_lane(indices, 0) * BYTES);
  const other = v128.load(table + i32x4.extract_lane(indices, 1) * BYTES);
  const low = v128.shuffle<f64>(one, other, 0, 2);
  const high = v128.shuffle<f64>(one, other, 1, 3);
  return f64x2.add(low, f64x2.mul(f64x2.sub(places, whole), f64x2.sub(high, low)));
}
