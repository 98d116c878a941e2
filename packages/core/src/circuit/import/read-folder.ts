import { open, readdir } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import type { ProgressListener } from "../../runtime/progress.js";
import { tooMuch } from "./read-archive.js";
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

const filesAtOnce = 64;

/** Reads the netlists and port files of a folder and the folders in it. Links are refused: they may lead anywhere. */
export async function readFolder(
  folder: string,
  limits: ImportLimits,
  signal: AbortSignal | undefined,
  onProgress: ProgressListener | undefined,
): Promise<SourceFiles> {
  const paths: string[] = [];
  const rejected: RejectedFile[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/");
    if (!isSourcePath(path) || entry.isDirectory()) continue;
    if (entry.isFile()) paths.push(path);
    else rejected.push({ file: path, line: 0, reason: "This is a link and no file. Put the file itself into the folder." });
  }
  if (paths.length > limits.files) throw tooMuch(folder, limits);

  const files: SourceFile[] = [];
  let totalBytes = 0;
  for (let start = 0; start < paths.length; start += filesAtOnce) {
    signal?.throwIfAborted();
    const group = paths.slice(start, start + filesAtOnce);
    for (const [index, read] of (await Promise.all(group.map((path) => readSource(join(folder, path), limits)))).entries()) {
      const path = group[index] as string;
      if ("reason" in read) rejected.push({ file: path, line: 0, reason: read.reason });
      else {
        totalBytes += read.bytes;
        if (totalBytes > limits.totalBytes) throw tooMuch(folder, limits);
        files.push({ path, text: read.text });
      }
    }
    onProgress?.({ done: start + group.length, total: paths.length, unit: "files" });
  }
  return { files, rejected };
}

/** The text of one file, or why it cannot be had. */
export async function readSource(
  path: string,
  limits: ImportLimits,
): Promise<{ readonly text: string; readonly bytes: number } | { readonly reason: string }> {
  try {
    const file = await open(path);
    try {
      const { size } = await file.stat();
      if (size > limits.fileBytes) return { reason: tooLarge(size, limits.fileBytes) };
      const bytes = await file.readFile();
      const text = decodeText(bytes);
      return text === undefined ? { reason: notUtf8 } : { text, bytes: bytes.length };
    } finally {
      await file.close();
    }
  } catch (error) {
    return { reason: `The file cannot be read: ${error instanceof Error ? error.message : String(error)}.` };
  }
}
