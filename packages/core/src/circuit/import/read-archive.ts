import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { Parser, type ReadEntry } from "tar";
import { TopogenieError } from "../../runtime/error.js";
import type { ProgressListener } from "../../runtime/progress.js";
import {
  decodeText,
  type ImportLimits,
  isSourcePath,
  notUtf8,
  type RejectedFile,
  type SourceFile,
  type SourceFiles,
  tooLarge,
} from "./source-file.js";

/**
 * Reads the netlists and port files of a tar archive, compressed with gzip or not, straight into memory: nothing is ever
 * unpacked to disk. Entries that point out of the archive (`..`, absolute paths) and links are refused.
 *
 * @throws TopogenieError `IMPORT_ARCHIVE_CORRUPT`, `IMPORT_TOO_LARGE`
 */
export async function readArchive(
  path: string,
  limits: ImportLimits,
  signal: AbortSignal | undefined,
  onProgress: ProgressListener | undefined,
): Promise<SourceFiles> {
  const { size } = await stat(path);
  const files: SourceFile[] = [];
  const rejected: RejectedFile[] = [];
  let entries = 0;
  let totalBytes = 0;

  const take = (entry: ReadEntry): void => {
    entries++;
    totalBytes += entry.size;
    if (entries > limits.files || totalBytes > limits.totalBytes) {
      entry.resume();
      stop(tooMuch(path, limits));
      return;
    }
    const name = entry.path.replace(/^(?:\.\/)+/, "");
    const refusal = isSourcePath(name) ? refusalOf(entry, limits) : undefined;
    if (refusal !== undefined) rejected.push({ file: name, line: 0, reason: refusal });
    if (refusal !== undefined || !isSourcePath(name)) {
      entry.resume();
      return;
    }
    const chunks: Buffer[] = [];
    entry.on("data", (chunk) => chunks.push(Buffer.from(chunk)));
    entry.on("end", () => {
      const text = decodeText(Buffer.concat(chunks));
      if (text === undefined) rejected.push({ file: name, line: 0, reason: notUtf8 });
      else files.push({ path: name, text });
    });
  };

  const parser = new Parser({ strict: true, onReadEntry: take });
  const source = createReadStream(path, { ...(signal !== undefined && { signal }) });
  let stop: (reason: Error) => void = () => undefined;
  await new Promise<void>((resolve, reject) => {
    stop = (reason) => {
      source.destroy();
      reject(reason);
    };
    source.on("error", stop);
    parser.on("error", (error: Error) => stop(corrupt(path, error)));
    parser.on("end", resolve);
    source.on("data", (chunk) => {
      onProgress?.({ done: source.bytesRead, total: size, unit: "bytes" });
      if (!parser.write(chunk as Buffer)) {
        source.pause();
        parser.once("drain", () => source.resume());
      }
    });
    source.on("end", () => parser.end());
  }).catch((error: unknown) => {
    signal?.throwIfAborted();
    throw error;
  });
  return { files, rejected };
}

function refusalOf(entry: ReadEntry, limits: ImportLimits): string | undefined {
  if (/^(?:\/|[a-z]:)/i.test(entry.path) || entry.path.split(/[/\\]/).includes("..")) {
    return "The path points out of the archive. Pack the archive anew with relative paths.";
  }
  if (entry.type !== "File" && entry.type !== "OldFile" && entry.type !== "ContiguousFile") {
    return entry.type === "Directory" ? undefined : `The entry is no file but of type ${entry.type}. Pack the file itself.`;
  }
  return entry.size > limits.fileBytes ? tooLarge(entry.size, limits.fileBytes) : undefined;
}

function corrupt(path: string, cause: Error): TopogenieError {
  return new TopogenieError(
    "IMPORT_ARCHIVE_CORRUPT",
    `${path} is no readable tar archive: ${cause.message}. Get it again, and check it with: tar tzf ${path}`,
    { cause },
  );
}

export function tooMuch(path: string, limits: ImportLimits): TopogenieError {
  return new TopogenieError(
    "IMPORT_TOO_LARGE",
    `${path} holds more than ${limits.files} files or ${limits.totalBytes} bytes. Import it in parts.`,
  );
}
