import type { Stage } from "./stage.js";
import { corpusStage } from "./stages/1-corpus.js";
import { encodeStage } from "./stages/2-encode.js";
import { trainStage } from "./stages/3-train.js";
import { generateStage } from "./stages/4-generate.js";
import { verifyStage } from "./stages/5-verify.js";
import { sizeStage } from "./stages/6-size.js";
import { reportStage, type ReportRenderer } from "./stages/7-report.js";

/** The whole way of a circuit, in order. */
export function pipelineStages(render: ReportRenderer): Stage[] {
  return [corpusStage, encodeStage, trainStage, generateStage, verifyStage, sizeStage, reportStage(render)];
}
