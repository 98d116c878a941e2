import { mkdtempSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Linux's file system in memory. */
const IN_MEMORY = "/dev/shm";
/** Room for the results of the longest transients. Containers often give far less there. */
const ENOUGH_BYTES = 2 ** 30;
/** With the process it belongs to, should one ever have to be found. */
const PREFIX = `topogenie-ngspice-${process.pid}-`;

/**
 * A new folder that only this user may enter: in memory where there is room, because an engine writes and Node reads a
 * few files with every run; else where temporary files go.
 */
export function makePrivateFolder(): string {
  try {
    const { bavail, bsize } = statfsSync(IN_MEMORY);
    if (bavail * bsize >= ENOUGH_BYTES) return mkdtempSync(join(IN_MEMORY, PREFIX));
  } catch {
    // There is none, or it may not be written.
  }
  return mkdtempSync(join(tmpdir(), PREFIX));
}
