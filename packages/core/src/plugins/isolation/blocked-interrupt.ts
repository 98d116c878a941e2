import { spawn, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import { INTERRUPTED } from "./interrupt-listener.js";

/** Without a turn for so long, the main thread counts as blocked. */
const BLOCKED_MS = 1000;
/** So long after Ctrl-C it may still come round and stop by itself. */
const GRACE_MS = 1000;

/**
 * Hears Ctrl-C in place of a main thread that is blocked: Node tells signals to the main thread alone. A terminal, however, sends
 * Ctrl-C to every process in its foreground, so a small process is started to listen once the main thread has had no turn for a
 * second; it stays, since what blocked once may do so again.
 */
export class BlockedInterrupt {
  #listener: ChildProcess | undefined;
  #heard: number | undefined;
  #last = { beats: 0, since: performance.now() };

  /**
   * @param beats turns that the main thread's event loop has had
   * @returns whether Ctrl-C was pressed and the main thread has not come round since
   */
  isDue(beats: number, now: number): boolean {
    if (beats !== this.#last.beats) {
      // It hears for itself, whatever was heard for it.
      this.#last = { beats, since: now };
      this.#heard = undefined;
      return false;
    }
    if (this.#heard !== undefined) return now - this.#heard >= GRACE_MS;
    if (now - this.#last.since >= BLOCKED_MS) this.#listener ??= this.#listen();
    return false;
  }

  #listen(): ChildProcess {
    const file = fileURLToPath(new URL("./interrupt-listener.js", import.meta.url));
    const listener = spawn(process.execPath, [file], { stdio: ["pipe", "ignore", "ignore"] });
    const ended = (code: number | null): void => {
      this.#listener = undefined;
      if (code === INTERRUPTED) this.#heard = performance.now();
    };
    listener.on("exit", ended);
    // Where no process can be started, a blocked one is ended by its limit alone.
    listener.on("error", () => undefined);
    return listener;
  }
}
