import { endBlockedOnInterrupt } from "@topogenie/core";
import pc from "picocolors";
import { exitCodes } from "./exit-code.js";

/** Work that has not stopped by then is dropped: every file is written beside and renamed, so nothing is half-written. */
const GRACE_MS = 800;

/** A signal that aborts on Ctrl-C or SIGTERM; the process is gone within a second, or at once on a second Ctrl-C. */
export function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(exitCodes.interrupted);
    controller.abort(new Interrupted());
    setTimeout(() => {
      sayHowToGoOn();
      process.exit(exitCodes.interrupted);
    }, GRACE_MS).unref();
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  endBlockedOnInterrupt();
  return controller.signal;
}

let said = false;

/** Once: a process that lingers after it has stopped is ended, and would say it again. */
export function sayHowToGoOn(): void {
  if (said) return;
  said = true;
  process.stderr.write(`\n${pc.yellow("Stopped.")} Go on with the same command and --resume.\n`);
}

export class Interrupted extends Error {
  constructor() {
    super("interrupted");
    this.name = "AbortError";
  }
}
