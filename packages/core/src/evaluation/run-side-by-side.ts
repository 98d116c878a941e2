import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { CircuitLabels } from "../circuit/import/circuit-labels.js";
import type { Circuit } from "../circuit/circuit.js";
import { canonicalHash } from "../circuit/canonical/canonical-form.js";
import { checkRules } from "../circuit/rules/index.js";
import type { ResolvedConfig } from "../config/config-schema.js";
import type { DeviceType } from "../contracts/device-type.js";
import { stageModels } from "../pipeline/stage-models.js";
import { workInRun, type WorkOptions } from "../pipeline/work-in-run.js";
import { writeJson } from "../runtime/atomic-file.js";
import type { ProgressListener } from "../runtime/progress.js";
import { createRng } from "../runtime/rng.js";
import { readAttemptSet } from "./attempt-set.js";
import { compareSides, type FamilySideBySide } from "./side-by-side.js";
import { corpusOfFile, corpusOfRun, type TrainingCorpus } from "./training-corpus.js";

export interface SideBySideOptions extends WorkOptions<ResolvedConfig> {
  /** What was generated: as for an evaluation. */
  readonly set: string;
  /** Human-designed circuits: a folder, archive, netlist or `.jsonl` file. */
  readonly humans: string;
  /** What numbered human-designed circuits are. */
  readonly labels?: string | undefined;
  readonly families: readonly string[];
  readonly candidates: number;
  readonly screening: number;
  readonly simulations: number;
  readonly onProgress: ProgressListener;
}

export interface SideBySideResult {
  readonly families: readonly FamilySideBySide[];
  readonly deviceTypes: ReadonlyMap<string, DeviceType>;
}

/**
 * For each family the best generated circuit beside the best human-designed one, see {@link compareSides}. Generated circuits that are
 * in the human-designed collection, or in the corpus of the run that wrote them, do not stand for what was generated.
 * Throws `RUN_EXISTS` for a used folder without `resume`.
 */
export async function runSideBySide(options: SideBySideOptions): Promise<SideBySideResult> {
  const { loaded, runPath, signal, onProgress } = options;
  const { config } = loaded;
  const title = {
    what: "a comparison",
    isBegun: async (path: string) => (await readdir(path)).includes("sizings"),
    details: { set: options.set, humans: options.humans },
  };
  return workInRun(options, title, async ({ host }) => {
    for (const family of options.families) host.check("circuit-family", family, {}, "--families");
    const deviceTypes = await host.deviceTypes();
    const labels = options.labels === undefined ? undefined : await CircuitLabels.read(options.labels);
    const set = await readAttemptSet(options.set, { host, config, labels, signal });
    const humans = await corpusOfFile(options.humans, options.labels, host, signal);
    const own = set.kind === "run" ? await corpusOfRun(options.set, deviceTypes) : undefined;
    const generated = set.attempts.flatMap(({ circuit, asked, label }) => {
      if (circuit === undefined || checkRules(circuit, deviceTypes).length > 0) return [];
      const id = canonicalHash(circuit, deviceTypes);
      if (humans.ids.has(id) || own?.ids.has(id) === true) return [];
      return [{ circuit, family: asked ?? label ?? familyOf(circuit, own ?? humans) }];
    });
    const { simulator: engine, sizing } = config;
    const simulator = await host.create("simulator", engine.engine, engine.options, "simulator.engine");
    const optimizer = await host.create("sizing-optimizer", sizing.optimizer, sizing.options, "sizing.optimizer");
    const models = await stageModels({ config, configFolder: loaded.folder, signal }, deviceTypes, simulator);
    const families: FamilySideBySide[] = [];
    for (const name of options.families) {
      families.push(
        await compareSides({
          family: await host.create("circuit-family", name, {}, "--families"),
          sides: [
            { origin: "generated", circuits: generated.filter(({ family }) => family === name).map(({ circuit }) => circuit) },
            {
              origin: "human-designed",
              circuits: humans.circuits.filter(({ family }) => family === name).map(({ circuit }) => circuit),
            },
          ],
          deviceTypes,
          simulator,
          optimizer,
          models,
          candidates: options.candidates,
          screening: options.screening,
          simulations: options.simulations,
          batch: sizing.batch,
          rng: createRng(config.seed).fork("side-by-side"),
          folder: join(runPath, "sizings"),
          signal,
          onProgress,
        }),
      );
    }
    await writeJson(join(runPath, "side-by-side.json"), families.map(withoutPlots));
    return { families, deviceTypes };
  });
}

function familyOf(circuit: Circuit, corpus: TrainingCorpus): string | undefined {
  return corpus.classifier?.classify(circuit)?.label;
}

/** Curves are in the report; the data are the figures. */
function withoutPlots({ sizing, sides, screening }: FamilySideBySide): unknown {
  const terms = { ...sizing, circuits: sizing.circuits.map(({ name }) => name) };
  const bare = sides.map(({ best, ...side }) => ({ ...side, ...(best === undefined ? {} : { best: { ...best, plots: [] } }) }));
  return { ...terms, screening, sides: bare };
}
