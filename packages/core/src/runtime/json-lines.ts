import { appendFileSync, createReadStream } from "node:fs";
import { mkdir, open, readFile, truncate } from "node:fs/promises";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import { writeAtomic } from "./atomic-file.js";
import { TopogenieError } from "./error.js";

/**
 * A file of one JSON value a line, appended to as work is done. A process that is killed can leave the last line torn;
 * opening the file cuts such a line off, so what is there is whole.
 */
export class JsonLinesLog<T> {
  readonly #file: string;

  private constructor(file: string) {
    this.#file = file;
  }

  /** Opens or makes the file and returns what it already holds. */
  static async open<T>(file: string): Promise<{ log: JsonLinesLog<T>; entries: T[] }> {
    await mkdir(dirname(file), { recursive: true });
    await (await open(file, "a")).close();
    const text = await readFile(file, "utf8");
    const whole = text.slice(0, text.lastIndexOf("\n") + 1);
    if (whole.length < text.length) await truncate(file, Buffer.byteLength(whole));
    return { log: new JsonLinesLog<T>(file), entries: parseLines<T>(file, whole) };
  }

  /** Writes at once: handing a short line to another thread costs ten times the writing. */
  append(entry: T): void {
    appendFileSync(this.#file, `${JSON.stringify(entry)}\n`);
  }
}

export async function writeJsonLines(file: string, entries: Iterable<unknown>): Promise<void> {
  const lines: string[] = [];
  for (const entry of entries) lines.push(JSON.stringify(entry));
  await writeAtomic(file, lines.length === 0 ? "" : `${lines.join("\n")}\n`);
}

/** Reads a finished file line by line. Throws `FILE_CORRUPT` naming the line. */
export async function* readJsonLines<T>(file: string): AsyncGenerator<T> {
  let number = 0;
  for await (const line of createInterface({ input: createReadStream(file, "utf8"), crlfDelay: Infinity })) {
    number++;
    if (line !== "") yield parseLine<T>(file, line, number);
  }
}

function parseLines<T>(file: string, text: string): T[] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line, index) => parseLine<T>(file, line, index + 1));
}

function parseLine<T>(file: string, line: string, number: number): T {
  try {
    return JSON.parse(line) as T;
  } catch (cause) {
    throw new TopogenieError(
      "FILE_CORRUPT",
      `${file}:${number}: not a line of JSON. Delete the file, or repeat the stage that writes it with --from.`,
      { cause },
    );
  }
}
