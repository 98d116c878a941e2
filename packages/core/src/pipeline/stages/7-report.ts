import { stringify } from "yaml";
import type { ResolvedConfig } from "../../config/config-schema.js";
import { writeAtomic } from "../../runtime/atomic-file.js";
import { readJson, readJsonIfThere } from "../read-json.js";
import type {
  CorpusSummary,
  EncodingSummary,
  GenerationSummary,
  ReportData,
  SizingSummary,
  TrainingSummary,
} from "../report-data.js";
import type { Ladder } from "../../verification/ladder.js";
import { readSizingSummary } from "../sizing-summary-file.js";
import type { Stage, StageContext, StageName } from "../stage.js";

/** Draws a report; an app brings it, so that core needs no drawing libraries. */
export type ReportRenderer = (data: ReportData) => Promise<string>;

/** Shows everything that the run directory holds in one HTML file. */
export function reportStage(render: ReportRenderer): Stage {
  return {
    name: "report",
    title: "Write the report",
    reads: ["corpus", "encode", "train", "generate", "verify", "size"],
    dependsOn: (config) => withoutMachine(config),

    async run(context) {
      const data = await gather(context);
      const html = await render(data);
      await writeAtomic(context.file("report.html"), html);
      await writeAtomic(context.run.reportFile, html);
      return { outputs: ["report.html"], summary: `${context.run.reportFile} (${(html.length / 1e6).toFixed(1)} MB)` };
    },
  };
}

async function gather(context: StageContext): Promise<ReportData> {
  const summary = <T>(stage: StageName, file = "summary.json"): Promise<T | undefined> =>
    readJsonIfThere<T>(context.input(stage, file));
  const [corpus, encoding, training, generation, ladder] = await Promise.all([
    summary<CorpusSummary>("corpus"),
    summary<EncodingSummary>("encode"),
    summary<TrainingSummary>("train"),
    summary<GenerationSummary>("generate"),
    summary<Ladder>("verify", "ladder.json"),
  ]);
  const sizing: SizingSummary = await readSizingSummary(context.input("size", "summary.json"));
  const { versions } = await readJson<{ versions: Record<string, string> }>(context.run.resolvedFile);
  return {
    tag: context.config.tag,
    seed: context.config.seed,
    versions,
    config: stringify(withoutMachine(context.config)),
    deviceTypes: await context.host.deviceTypes(),
    ...(corpus === undefined ? {} : { corpus }),
    ...(encoding === undefined ? {} : { encoding }),
    ...(training === undefined ? {} : { training }),
    ...(generation === undefined ? {} : { generation }),
    ...(ladder === undefined ? {} : { ladder }),
    sizing,
  };
}

/** What depends on the machine, and not on what was asked for, is left out: the report must not differ by it. */
function withoutMachine(config: ResolvedConfig): Partial<ResolvedConfig> {
  const asked: Partial<ResolvedConfig> = { ...config };
  delete asked.workers;
  delete asked.runs;
  return asked;
}
