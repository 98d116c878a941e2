import { argv } from "node:process";
import { fileURLToPath } from "node:url";

/** What the listener ends with when it has heard Ctrl-C. */
export const INTERRUPTED = 130;

/** As a process of its own: ends at Ctrl-C, or with whoever started it. */
if (argv[1] === fileURLToPath(import.meta.url)) {
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(INTERRUPTED));
  process.stdin.on("end", () => process.exit()).resume();
}
