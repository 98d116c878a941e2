import { leftOpenByPlugins } from "@topogenie/core";

/** Long enough for whatever is being put away. */
const GRACE_MS = 3000;

/**
 * To be called when the command is done: a timer, socket, worker or child process that a plugin left behind must not keep the
 * process. Its own timer keeps nothing, so that it comes to this only where something else does.
 */
export function endDespiteLeftovers(): void {
  setTimeout(() => {
    const left = leftOpenByPlugins();
    const running = left.length > 0 ? left : [...new Set(process.getActiveResourcesInfo())];
    process.stderr.write(`warning: something still runs although the command is done; it is ended now. ${running.join("; ")}\n`);
    process.exit();
  }, GRACE_MS).unref();
}
