import { TopogenieError } from "../runtime/error.js";

/**
 * Beyond this no quantity is meant; engines overflow or take the number for something else. BSIM4's flicker noise density
 * NOIA, 6.25e41 /(eV m³), is the largest number of a common model card.
 */
const LARGEST = 1e60;

/**
 * A number for an engine: a whole mantissa and an exponent, such as `18e-1`. ngspice reads a netlist and a command with
 * two different number readers, which differ in the last bit on fractions and agree on this form; so a value means the
 * same whether it was in the deck or was set later. `where` says in an error whose number it is. Throws `DECK_INVALID`.
 */
export function spiceNumber(value: number, where: string): string {
  checkNumber(value, where);
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return value === 0 ? "0" : String(value);
  const text = value.toExponential();
  const end = text.indexOf("e");
  const dot = text.indexOf(".");
  const exponent = Number(text.slice(end + 1));
  if (dot < 0) return `${text.slice(0, end)}e${exponent}`;
  return `${text.slice(0, dot)}${text.slice(dot + 1, end)}e${exponent - (end - dot - 1)}`;
}

/** A number for a reader: the shortest form that gives the same double. Throws `DECK_INVALID`. */
export function plainNumber(value: number, where: string): string {
  checkNumber(value, where);
  return value === 0 ? "0" : String(value);
}

export type WriteNumber = typeof spiceNumber;

/** Throws `DECK_INVALID` unless the number is finite, of a size that means something, and above zero. */
export function checkPositive(value: number, where: string): void {
  checkNumber(value, where);
  if (value <= 0) throw new TopogenieError("DECK_INVALID", `${where} is ${value}; it must be above zero.`);
}

/** Throws `DECK_INVALID` unless the number is finite and of a size that means something. */
export function checkNumber(value: number, where: string): void {
  if (typeof value !== "number" || !Number.isFinite(value) || Math.abs(value) > LARGEST) {
    throw new TopogenieError("DECK_INVALID", `${where} is ${String(value)}; it must be a number between -1e60 and 1e60.`);
  }
}
