import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Command } from "commander";
import pc from "picocolors";
import { loadPlugin, TopogenieError, type LoadedPlugin } from "@topogenie/core";
import { providedConformance, type ConformanceCheck, type ProvidedConformance } from "@topogenie/core/testing";
import { builtInPlugins } from "../built-in-plugins.js";
import type { Session } from "../session.js";

interface CheckResult {
  readonly behaviour: string;
  readonly name: string;
  readonly seconds: number;
  /** What was broken, and where it is explained; null when the promise is kept. */
  readonly failure: string | null;
}

export function addPluginsCheckCommand(plugins: Command, session: Session): void {
  plugins
    .command("check")
    .summary("say what an installed plugin promises, needs and fails")
    .argument("<plugin>", "package, its short name, or the path of a package or module")
    .addHelpText("after", "\nExamples:\n  topogenie plugins check hill-climber\n  topogenie plugins check .")
    .action(async (specifier: string) => {
      const { plugin, file } = await loadPlugin(specifier, process.cwd(), "the command line");
      const output = session.output();
      const peers = await peerDependencies(file);
      const beside = (await builtIns()).filter((known) => known.plugin.name !== plugin.name).map((known) => known.plugin);
      const provided = await providedConformance(plugin, beside);
      output.info(`${pc.bold(`${plugin.name}@${plugin.version}`)} ${pc.dim(file)}`);
      const reports = [];
      for (const thing of provided) {
        describe(thing, peers, (line) => output.info(line));
        const results: CheckResult[] = [];
        for (const check of thing.checks) {
          session.signal.throwIfAborted();
          const result = await outcome(check);
          results.push(result);
          output.info(
            result.failure === null
              ? `  ${pc.green("keeps")} ${check.name} ${pc.dim(`(${result.seconds.toFixed(1)} s)`)}`
              : `  ${pc.red("fails")} ${check.name}\n${indented(result.failure)}`,
          );
        }
        reports.push({
          kind: thing.kind,
          name: thing.name,
          capabilities: thing.capabilities ?? null,
          needs: thing.needs,
          results,
        });
      }
      const all = reports.flatMap(({ results }) => results);
      const broken = all.filter(({ failure }) => failure !== null).length;
      const summary = `${plugin.name}: ${all.length - broken} of ${all.length} promises kept`;
      output.result(summary, { plugin: plugin.name, version: plugin.version, peerDependencies: peers, provides: reports });
      if (broken > 0)
        throw new TopogenieError("PLUGIN_CHECK_FAILED", `${plugin.name} breaks ${broken} of ${all.length} promises.`);
    });
}

function describe(thing: ProvidedConformance, peers: Readonly<Record<string, string>>, say: (line: string) => void): void {
  say(`\n${pc.bold(`${thing.kind} "${thing.name}"`)}`);
  if (thing.capabilities !== undefined) say(`  can ${JSON.stringify(thing.capabilities)}`);
  const needs = [...thing.needs, ...Object.entries(peers).map(([name, range]) => `${name} ${range}`)];
  say(`  needs ${needs.length === 0 ? "nothing" : needs.join(", ")}`);
}

async function outcome({ behaviour, name, run }: ConformanceCheck): Promise<CheckResult> {
  const began = performance.now();
  const failure = await Promise.resolve()
    .then(run)
    .then(
      () => null,
      (cause: unknown) => (cause instanceof Error ? cause.message : String(cause)),
    );
  return { behaviour, name, seconds: (performance.now() - began) / 1000, failure };
}

/** Of the package that a module belongs to; empty for a module without one. */
async function peerDependencies(file: string): Promise<Readonly<Record<string, string>>> {
  for (let folder = dirname(file); folder !== dirname(folder); folder = dirname(folder)) {
    try {
      const manifest = JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as {
        readonly peerDependencies?: Readonly<Record<string, string>>;
      };
      return manifest.peerDependencies ?? {};
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== "ENOENT") throw cause;
    }
  }
  return {};
}

function builtIns(): Promise<readonly LoadedPlugin[]> {
  const { specifiers, folder, file } = builtInPlugins;
  return Promise.all(specifiers.map((specifier) => loadPlugin(specifier, folder, file)));
}

function indented(text: string): string {
  return text.replace(/^/gm, "        ");
}
