import { execFile } from "node:child_process";
import { TopogenieError } from "@topogenie/core";

/** The version of an installed ngspice, for example `39`. Throws `NGSPICE_NOT_FOUND` saying how to install it. */
export function findNgspice(command: string): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(command, ["--version"], { timeout: 10_000 }, (error, stdout) => {
      const version = /ngspice-(\d+(?:\.\d+)*)/.exec(stdout)?.[1];
      if (version !== undefined) {
        resolve(version);
        return;
      }
      const what = error === null ? "printed no version that is known" : error.message.split("\n")[0];
      reject(
        new TopogenieError(
          "NGSPICE_NOT_FOUND",
          `"${command}" is no ngspice that can be run (${String(what)}). Install it ("apt-get install ngspice" on Debian and ` +
            `Ubuntu), give its path as "command" in the simulator's options, or use the simulator "ngspice", which needs nothing installed.`,
        ),
      );
    });
  });
}
