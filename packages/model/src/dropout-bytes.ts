/**
 * Fills memory with random bytes that depend on the step and the place's number alone, so that a resumed training drops what an
 * uninterrupted one drops. xoshiro128++ (Blackman and Vigna, 2019), seeded by splitmix32: four bytes a turn, as masks need
 * millions of them a step.
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
