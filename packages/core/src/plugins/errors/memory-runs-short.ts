import { howFull, type MemoryInUse } from "./memory-in-use.js";

/** A warning where no plugin is to be named. */
export function memoryRunsShort(memory: MemoryInUse): string {
  return (
    `Memory runs short. ${howFull(memory)} No plugin made much of what was added lately; one may still hold on to what others made, ` +
    "which its conformance tests find (topogenie plugins check)."
  );
}
