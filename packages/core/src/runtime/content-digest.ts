import { createHash, type Hash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

/** SHA-256, in hexadecimal, of what these files hold, one after the other. */
export async function filesDigest(files: readonly string[]): Promise<string> {
  const digest = createHash("sha256");
  for (const file of files) await addFile(digest, file);
  return digest.digest("hex");
}

/** Of a file's content, or of a folder's files by their names and contents; `missing` where there is nothing. */
export async function contentDigest(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) return "missing";
  if (!found.isDirectory()) return filesDigest([path]);
  const digest = createHash("sha256");
  const entries = await readdir(path, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  for (const file of files.sort()) {
    digest.update(`${file.slice(path.length)}\0`);
    await addFile(digest, file);
  }
  return digest.digest("hex");
}

async function addFile(digest: Hash, file: string): Promise<void> {
  for await (const chunk of createReadStream(file)) digest.update(chunk as Buffer);
  digest.update("\0");
}
