import { readFile } from "node:fs/promises";
import { TopogenieError } from "../runtime/error.js";

/** Reads what an earlier stage wrote. Throws `FILE_CORRUPT` naming the file. */
export async function readJson<T>(file: string): Promise<T> {
  const text = await readFile(file, "utf8");
  try {
    return JSON.parse(text) as T;
  } catch (cause) {
    throw new TopogenieError("FILE_CORRUPT", `${file} is not JSON. Delete it, and repeat the stage that writes it with --from.`, {
      cause,
    });
  }
}

/** Undefined when the file is not there. */
export async function readJsonIfThere<T>(file: string): Promise<T | undefined> {
  try {
    return await readJson<T>(file);
  } catch (cause) {
    if (["ENOENT", "ENOTDIR"].includes((cause as NodeJS.ErrnoException).code ?? "")) return undefined;
    throw cause;
  }
}
