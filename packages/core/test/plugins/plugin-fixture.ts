import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { PluginHost, silentLogger, type HostOptions, type PluginKind } from "@topogenie/core";

const zodFile = fileURLToPath(import.meta.resolve("zod"));

/** A folder with a config's plugins, each a real module on disk. */
export async function pluginFolder(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "topogenie-plugins-"));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(join(folder, name, ".."), { recursive: true });
    await writeFile(join(folder, name), `import { z } from ${JSON.stringify(zodFile)};\n${text}`);
  }
  return folder;
}

/** The text of a plugin module that provides optimizers whose `create` is given. */
export function optimizerPlugin(name: string, things: Readonly<Record<string, string>>, options = "z.strictObject({})"): string {
  return pluginOf("sizing-optimizer", name, things, options);
}

/** The text of a plugin module that provides things of any kind. */
export function pluginOf(
  kind: PluginKind,
  name: string,
  things: Readonly<Record<string, string>>,
  options = "z.strictObject({})",
) {
  const provides = Object.entries(things).map(
    ([thing, create]) => `{ kind: "${kind}", name: "${thing}", description: "", options: ${options}, create: ${create} }`,
  );
  return `export default { apiVersion: 1, name: "${name}", version: "1.0.0", provides: [${provides.join(", ")}] };`;
}

export function loadHost(folder: string, specifiers: readonly string[], options: Partial<HostOptions> = {}): Promise<PluginHost> {
  return PluginHost.load({
    sources: [{ specifiers, folder, file: "topogenie.config.yaml" }],
    seed: 1,
    workers: 1,
    workDirectory: folder,
    logger: silentLogger,
    signal: new AbortController().signal,
    ...options,
  });
}
