import type { ResolvedGptConfig } from "./gpt-parameters.js";

/** Dropout is decided by bytes, so its probability is rounded to 256ths. */
const BYTE_VALUES = 256;

/** Where a block drops activations: attention weights, and what its two halves add to the residual stream. */
export type DropoutPlace = "attention" | "projection" | "contract";
const places: readonly DropoutPlace[] = ["attention", "projection", "contract"];

/** The number by which the random stream of a place is told from the others'. */
export function dropoutSite(layer: number, place: DropoutPlace): number {
  return places.length * layer + places.indexOf(place);
}

/** A place is dropped where its byte is below the threshold; what is kept is multiplied by the factor. */
export function dropoutRule({ dropout }: ResolvedGptConfig): { readonly threshold: number; readonly factor: number } {
  const threshold = Math.round(dropout * BYTE_VALUES);
  return { threshold, factor: BYTE_VALUES / (BYTE_VALUES - threshold) };
}

/**
 * Fills memory with random bytes that depend on the step (from 1) and the site alone, so that a resumed training drops what an
 * uninterrupted one drops, on every backend. xoshiro128++ (Blackman and Vigna, 2019), seeded by splitmix32: four bytes a turn, as
 * masks need millions of them a step.
 * @param bytes begins at a multiple of four of its buffer; bytes beyond the last whole word are left as they are
 */
export function fillDropoutBytes(bytes: Uint8Array, step: number, site: number): void {
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >>> 2);
  let seed = (Math.imul(step, 0x9e3779b1) ^ Math.imul(site + 1, 0x85ebca6b)) | 0;
  const next = (): number => {
    seed = (seed + 0x9e3779b9) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return mixed ^ (mixed >>> 15);
  };
  let a = next();
  let b = next();
  let c = next();
  let d = next();
  for (let i = 0; i < words.length; i++) {
    const sum = (a + d) | 0;
    words[i] = ((sum << 7) | (sum >>> 25)) + a;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
  }
}
