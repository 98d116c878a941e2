import { open, readFile, rm } from "node:fs/promises";
import { TopogenieError } from "../runtime/error.js";

/** Keeps a second process out of a run directory. A lock whose process is gone is taken over. */
export class RunLock {
  readonly #file: string;

  private constructor(file: string) {
    this.#file = file;
  }

  static async take(file: string): Promise<RunLock> {
    for (let attempt = 0; attempt < 2; attempt++) {
      try {
        const handle = await open(file, "wx");
        await handle.writeFile(String(process.pid));
        await handle.close();
        return new RunLock(file);
      } catch (cause) {
        if ((cause as NodeJS.ErrnoException).code !== "EEXIST") throw cause;
        const holder = Number(await readFile(file, "utf8").catch(() => ""));
        if (holder > 0 && isAlive(holder)) {
          throw new TopogenieError(
            "RUN_LOCKED",
            `Process ${holder} is working in this run directory (${file}). Wait for it, stop it, or use another --tag.`,
          );
        }
        await rm(file, { force: true });
      }
    }
    throw new TopogenieError("RUN_LOCKED", `Another process took ${file} at the same moment. Try again.`);
  }

  async release(): Promise<void> {
    await rm(this.#file, { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === "EPERM";
  }
}
