import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Rounds before the first look: they fill caches and are compiled. */
const WARM_UP = 10;
/** Growth that is none of a leak's, such as of code that is compiled, does not happen in every stretch alike. */
const STRETCHES = 7;
/** The least would be a stretch in which compiled code was thrown away: it hides a leak as large. */
const COUNTED = 2;
/** At most, before growth is called a leak. */
const LOOKS = 4;

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
 * @param tolerated bytes of a round. More is looked at again, a few times: what a leak leaves is there each time, what code leaves that
 *   is compiled late is not.
 */
export function bytesLeftBehind(rounds: number, tolerated: number, round: (number: number) => void): number {
  let next = 0;
  const run = (count: number): void => {
    for (const end = next + count; next < end; next++) round(next);
  };
  run(WARM_UP);
  let grown = Infinity;
  for (let look = 0; look < LOOKS && grown >= tolerated; look++) {
    let before = heldBytes();
    const growths: number[] = [];
    for (let stretch = 0; stretch < STRETCHES; stretch++) {
      run(rounds);
      const after = heldBytes();
      growths.push((after - before) / rounds);
      before = after;
    }
    grown = Math.max(0, growths.sort((a, b) => a - b)[COUNTED] ?? 0);
  }
  return grown;
}
