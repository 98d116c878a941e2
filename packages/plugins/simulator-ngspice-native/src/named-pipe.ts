import { execFileSync } from "node:child_process";
import { constants, openSync } from "node:fs";
import { Socket } from "node:net";
import { TopogenieError } from "@topogenie/core";

/** Creates named pipes at paths that are free; Node has no call for it. Throws `NAMED_PIPE_FAILED`. */
export function makeNamedPipes(...paths: readonly string[]): void {
  try {
    execFileSync("mkfifo", ["-m", "600", ...paths], { stdio: "pipe" });
  } catch (cause) {
    throw new TopogenieError(
      "NAMED_PIPE_FAILED",
      `The native ngspice is spoken to through named pipes, and mkfifo made none: ${cause instanceof Error ? cause.message : String(cause)}. ` +
        `Put mkfifo (of coreutils) on the PATH, or set simulator.engine to ngspice, which needs no pipes.`,
      { cause },
    );
  }
}

/**
 * A named pipe with this process at both ends, so that opening it waits for nobody, and so that it does not end when whoever is
 * at the other end closes it.
 */
export function openNamedPipe(path: string, use: "read" | "write"): Socket {
  const fd = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
  return new Socket({ fd, readable: use === "read", writable: use === "write" });
}
