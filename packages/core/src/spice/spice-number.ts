import { TopogenieError } from "../runtime/error.js";

/** Beyond this no SI quantity in a circuit is meant; engines overflow or take the number for something else. */
const LARGEST = 1e30;

/**
 * A number as every SPICE reads it: plain decimal or exponent, shortest form that gives the same double.
 * `where` says in an error whose number it is. Throws `DECK_INVALID`.
 */
export function spiceNumber(value: number, where: string): string {
  if (typeof value !== "number" || !Number.isFinite(value) || Math.abs(value) > LARGEST) {
    throw new TopogenieError("DECK_INVALID", `${where} is ${String(value)}; it must be a number between -1e30 and 1e30.`);
  }
  return value === 0 ? "0" : String(value);
}

/** Like {@link spiceNumber}, but the number must also be above zero. */
export function positiveNumber(value: number, where: string): string {
  const text = spiceNumber(value, where);
  if (value <= 0) throw new TopogenieError("DECK_INVALID", `${where} is ${text}; it must be above zero.`);
  return text;
}
