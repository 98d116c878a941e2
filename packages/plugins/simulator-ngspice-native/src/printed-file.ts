import { closeSync, constants, ftruncateSync, openSync, readSync } from "node:fs";

/** A file of this size is emptied, so that it does not grow with every job. */
const EMPTIED_BYTES = 2 ** 20;

/** What an engine prints: a file that it appends to and that is read here from where the last reading ended. */
export class PrintedFile {
  /** For the engine's standard output and standard error alike: they are then in the order of printing. */
  readonly fd: number;
  readonly #chunk = Buffer.alloc(2 ** 14);
  #position = 0;

  /** @param path of a file that is not there yet */
  constructor(path: string) {
    this.fd = openSync(path, constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | constants.O_EXCL, 0o600);
  }

  /** All that is new. While the engine prints, that may be a part. */
  take(): string {
    let text = "";
    for (let length = this.#chunk.length; length === this.#chunk.length;) {
      length = readSync(this.fd, this.#chunk, 0, this.#chunk.length, this.#position);
      this.#position += length;
      text += this.#chunk.toString("latin1", 0, length);
    }
    return text;
  }

  /** Drops what was not taken. To be called while the engine prints nothing. */
  forget(): void {
    this.take();
    if (this.#position < EMPTIED_BYTES) return;
    ftruncateSync(this.fd, 0);
    this.#position = 0;
  }

  close(): void {
    closeSync(this.fd);
  }
}
