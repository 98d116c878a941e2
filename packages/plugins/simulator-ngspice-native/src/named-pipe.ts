import { execFileSync } from "node:child_process";
import { constants, openSync } from "node:fs";
import { Socket } from "node:net";

/** Creates named pipes at paths that are free; Node has no call for it. */
export function makeNamedPipes(...paths: readonly string[]): void {
  execFileSync("mkfifo", ["-m", "600", ...paths]);
}

/**
 * A named pipe with this process at both ends, so that opening it waits for nobody, and so that it does not end when whoever is
 * at the other end closes it.
 */
export function openNamedPipe(path: string, use: "read" | "write"): Socket {
  const fd = openSync(path, constants.O_RDWR | constants.O_NONBLOCK);
  return new Socket({ fd, readable: use === "read", writable: use === "write" });
}
