import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "../../runtime/logger.js";
import { pluginLeavesOpen } from "../errors/plugin-leaves-open.js";
import { openResources, type Opener } from "./open-resources.js";

/** A worker or child process that was told to end takes a moment. */
const GRACE_MS = 1000;
const LOOK_MS = 50;

/** Warns of what an opener still has open a second after it was disposed of; at once where there is nothing. */
export async function warnOfLeftOpen(opener: Opener, logger: Logger): Promise<void> {
  for (let waited = 0; ; waited += LOOK_MS) {
    const what = openResources.left(opener).get(opener);
    if (what === undefined) return;
    if (waited >= GRACE_MS) {
      logger.warn(pluginLeavesOpen(opener.opener, what));
      return;
    }
    await sleep(LOOK_MS);
  }
}
