import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Rounds before the first look: they fill caches and are compiled. */
const WARM_UP = 10;
/** Growth that is none of a leak's, such as of code that is compiled, does not happen in every stretch alike. */
const STRETCHES = 7;
/** The least would be a stretch in which compiled code was thrown away: it hides a leak as large. */
const COUNTED = 2;

type Collect = (options?: { readonly type: "minor" }) => void;

let known: Collect | undefined;

/** What memory is in use once everything that nobody holds is gone. */
export function memoryHeld(): NodeJS.MemoryUsage {
  const collect = collector();
  // Twice: what a finalizer lets go of is collected by the next.
  collect();
  collect();
  return process.memoryUsage();
}

/** Not to be had otherwise by a program that was started without the flag. */
function collector(): Collect {
  if (known === undefined) {
    setFlagsFromString("--expose-gc");
    known = runInNewContext("gc") as Collect;
  }
  return known;
}

/** Objects and buffers. */
function heldBytes(): number {
  const collect = collector();
  collect();
  // Buffers that are found to be held by nobody are freed by the next collection, be it the shortest.
  collect({ type: "minor" });
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/**
 * Bytes by which every round leaves more behind, by one of the lesser of several stretches.
 * @param rounds of a stretch
 */
export function bytesLeftBehind(rounds: number, round: (number: number) => void): number {
  for (let number = 0; number < WARM_UP; number++) round(number);
  let before = heldBytes();
  const growths: number[] = [];
  for (let stretch = 0; stretch < STRETCHES; stretch++) {
    for (let number = 0; number < rounds; number++) round(WARM_UP + stretch * rounds + number);
    const after = heldBytes();
    growths.push((after - before) / rounds);
    before = after;
  }
  return Math.max(0, growths.sort((a, b) => a - b)[COUNTED] ?? 0);
}
