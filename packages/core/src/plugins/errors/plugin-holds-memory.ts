import { howFull, megabytes, type MemoryInUse } from "./memory-in-use.js";

export interface MemoryOfPlugin extends MemoryInUse {
  /** The plugin's package name. */
  readonly plugin: string;
  /** Of what was added, by the plugin. */
  readonly madeBytes: number;
  /** Where most of it was made. */
  readonly place: string;
}

/** A warning: it may be that the work needs as much. */
export function pluginHoldsMemory({ plugin, madeBytes, place, ...memory }: MemoryOfPlugin): string {
  return (
    `Plugin ${plugin} fills the memory: ${megabytes(madeBytes)} of the ${megabytes(memory.grownBytes)} MB by which what is held has ` +
    `grown lately were made by it, most of them in ${place}. ${howFull(memory)} ` +
    "Where the plugin keeps what it no longer needs, this is a defect of the plugin: report it there, or use another."
  );
}
