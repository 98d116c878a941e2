import { constants } from "node:fs";
import { access, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { TopogenieError, type PluginKind } from "@topogenie/core";
import { packageFiles } from "./package-files.js";
import { pluginName, type PluginName } from "./plugin-name.js";
import { templates } from "./templates.js";

const templateFolder = fileURLToPath(new URL("../templates", import.meta.url));

export interface WrittenPlugin {
  readonly name: PluginName;
  readonly folder: string;
  readonly files: readonly string[];
}

/**
 * Writes a new plugin package. It is written beside and then given its name, so that nothing half-written is left.
 * @param folder where to write it; the package's own name, without scope, in the present folder unless given
 * Throws `NAME_INVALID`, `FOLDER_EXISTS` and `FOLDER_NOT_WRITABLE`.
 */
export async function writePlugin(kind: PluginKind, typedName: string, folder?: string): Promise<WrittenPlugin> {
  const name = pluginName(typedName);
  const target = resolve(folder ?? `topogenie-plugin-${name.thing}`);
  await refuseExisting(target);
  const template = templates[kind];
  const files = { ...(await templateFiles(kind, template.example, name)), ...packageFiles(kind, template, name) };
  const beside = await besideFolder(target);
  try {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(beside, path)), { recursive: true });
      await writeFile(join(beside, path), text);
    }
    // An empty folder may be there.
    await rename(beside, target);
  } catch (cause) {
    await rm(beside, { recursive: true, force: true });
    throw notWritable(target, cause);
  }
  return { name, folder: target, files: Object.keys(files).sort() };
}

/** The kind's own files, with the example's name replaced by the plugin's. */
async function templateFiles(kind: PluginKind, example: string, name: PluginName): Promise<Record<string, string>> {
  const root = join(templateFolder, kind);
  const paths = await readdir(root, { recursive: true });
  const files: Record<string, string> = {};
  for (const path of paths.sort()) {
    if (!(await stat(join(root, path))).isFile()) continue;
    files[path] = renamed(await readFile(join(root, path), "utf8"), path, example, name);
  }
  return files;
}

/** In code, only text that names the plugin or the thing; in configs and netlists, the word wherever it stands, but in comments. */
function renamed(text: string, path: string, example: string, name: PluginName): string {
  const packaged = text.replaceAll(`topogenie-plugin-${example}`, name.package);
  if (/\.[jt]s$/.test(path)) return packaged.replaceAll(`"${example}"`, JSON.stringify(name.thing));
  const word = new RegExp(`(?<![\\w-])${example}(?![\\w-])`, "g");
  return packaged
    .split("\n")
    .map((line) => (/^[#*]/.test(line) ? line : line.replaceAll(word, name.thing)))
    .join("\n");
}

async function refuseExisting(target: string): Promise<void> {
  const present = await stat(target).catch(() => undefined);
  if (present === undefined) return;
  const remedy = "Choose another name, or another folder with --folder.";
  if (!present.isDirectory()) throw new TopogenieError("FOLDER_EXISTS", `${target} is a file. ${remedy}`);
  if ((await readdir(target)).length > 0)
    throw new TopogenieError("FOLDER_EXISTS", `${target} is there already and not empty. ${remedy}`);
}

async function besideFolder(target: string): Promise<string> {
  try {
    await access(dirname(target), constants.W_OK);
    return await mkdtemp(`${target}.new-`);
  } catch (cause) {
    throw notWritable(target, cause);
  }
}

function notWritable(target: string, cause: unknown): TopogenieError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new TopogenieError(
    "FOLDER_NOT_WRITABLE",
    `${target} cannot be written: ${reason}. Go to a folder of your own, or choose one with --folder.`,
    { cause },
  );
}
