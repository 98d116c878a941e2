import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { writeJson } from "../../runtime/atomic-file.js";
import { TopogenieError } from "../../runtime/error.js";
import { writeJsonLines } from "../../runtime/json-lines.js";
import { collectCorpus, CorpusCollection, corpusFamilies, type CorpusImport } from "../corpus-collection.js";
import type { Stage } from "../stage.js";

/** Gathers circuits from seed topologies and imports, each topology once. */
export const corpusStage: Stage = {
  name: "corpus",
  title: "Gather circuits",
  reads: [],
  dependsOn: async ({ corpus, seed }, folder) => ({
    corpus,
    ...(corpusFamilies(corpus.families).some(({ atMost }) => atMost !== undefined) ? { seed } : {}),
    imports: await Promise.all(importedFiles(corpus.imports).map((path) => fileStamp(resolve(folder, path)))),
  }),

  async run({ config, configFolder, host, signal, onProgress, file }) {
    const { families, imports } = config.corpus;
    const collection = new CorpusCollection(await host.deviceTypes(), config.corpus);
    await collectCorpus({ collection, host, families, imports, seed: config.seed, folder: configFolder, signal, onProgress });
    if (collection.entries.length === 0) {
      throw new TopogenieError(
        "CORPUS_EMPTY",
        "The corpus has no circuits. Name a family under corpus.families or a file under corpus.imports.",
      );
    }
    await writeJsonLines(file("circuits.jsonl"), collection.entries);
    const summary = collection.summary();
    await writeJson(file("summary.json"), summary);
    return {
      outputs: ["circuits.jsonl", "summary.json"],
      summary: `${summary.topologies} topologies of ${summary.circuits} circuits, ${summary.rejected.length} rejected`,
    };
  },
};

function importedFiles(imports: readonly CorpusImport[]): string[] {
  return imports.flatMap((entry) => (typeof entry === "string" ? [entry] : [entry.path, entry.labels ?? []].flat()));
}

/** Changes when the file does, so that an import that was changed on disk is read again. */
async function fileStamp(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  return found === undefined ? "missing" : `${found.size} ${found.mtimeMs}`;
}
