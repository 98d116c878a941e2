import { createWriteStream, type WriteStream } from "node:fs";
import { mkdir, open, readFile, rename, type FileHandle } from "node:fs/promises";
import { once } from "node:events";
import { dirname } from "node:path";
import { TopogenieError } from "../runtime/error.js";
import { writeAtomic } from "../runtime/atomic-file.js";

/** Most distinct tokens that a file can hold. */
export const MAXIMUM_VOCABULARY = 0x10000;

/**
 * Sequences of token ids: `FILE` holds the ids as little-endian uint16 one after another, `FILE.offsets` where each
 * sequence begins, as little-endian uint32, and the end of the last.
 */
export class TokenFileWriter {
  readonly #file: string;
  readonly #stream: WriteStream;
  readonly #offsets: number[] = [0];

  private constructor(file: string, stream: WriteStream) {
    this.#file = file;
    this.#stream = stream;
  }

  static async create(file: string): Promise<TokenFileWriter> {
    await mkdir(dirname(file), { recursive: true });
    return new TokenFileWriter(file, createWriteStream(`${file}.part`));
  }

  async append(ids: Uint16Array): Promise<void> {
    this.#offsets.push((this.#offsets.at(-1) ?? 0) + ids.length);
    if (!this.#stream.write(Buffer.from(ids.buffer, ids.byteOffset, ids.byteLength))) await once(this.#stream, "drain");
  }

  async finish(): Promise<void> {
    this.#stream.end();
    await once(this.#stream, "finish");
    await writeAtomic(`${this.#file}.offsets`, new Uint8Array(Uint32Array.from(this.#offsets).buffer));
    await rename(`${this.#file}.part`, this.#file);
  }

  /** Leaves what was written so far as a `.part` file. */
  async abandon(): Promise<void> {
    this.#stream.destroy();
    await once(this.#stream, "close");
  }
}

/** Reads sequences by number, without holding the file in memory. */
export class TokenFile {
  readonly #handle: FileHandle;
  readonly #offsets: Uint32Array;

  private constructor(handle: FileHandle, offsets: Uint32Array) {
    this.#handle = handle;
    this.#offsets = offsets;
  }

  /** Throws `FILE_CORRUPT` when the file is shorter than its offsets say. */
  static async open(file: string): Promise<TokenFile> {
    const bytes = await readFile(`${file}.offsets`);
    const offsets = new Uint32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
    const handle = await open(file, "r");
    const { size } = await handle.stat();
    if (size !== (offsets.at(-1) ?? 0) * 2) {
      await handle.close();
      throw new TopogenieError(
        "FILE_CORRUPT",
        `${file} has ${size} bytes instead of ${(offsets.at(-1) ?? 0) * 2}. Write it again with: topogenie encode`,
      );
    }
    return new TokenFile(handle, offsets);
  }

  get count(): number {
    return this.#offsets.length - 1;
  }

  get tokens(): number {
    return this.#offsets.at(-1) ?? 0;
  }

  length(sequence: number): number {
    return (this.#offsets[sequence + 1] ?? 0) - (this.#offsets[sequence] ?? 0);
  }

  /** Sequences one after another, from the first on. */
  async readAll(first: number, count: number): Promise<Int32Array[]> {
    const begin = this.#offsets[first] ?? 0;
    const ids = new Uint16Array((this.#offsets[first + count] ?? 0) - begin);
    await this.#handle.read(new Uint8Array(ids.buffer), 0, ids.byteLength, begin * 2);
    return Array.from({ length: count }, (_, index) => {
      const start = (this.#offsets[first + index] ?? 0) - begin;
      return Int32Array.from(ids.subarray(start, start + this.length(first + index)));
    });
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}
