import type { DeviceType, EvaluatedAttempt, EvaluationSummary } from "@topogenie/core";
import { markup } from "./html/html.js";
import { formatCount } from "./html/number-format.js";
import { page, type Section } from "./html/page.js";
import { failedCircuitsSection } from "./sections/failed-circuits-section.js";
import {
  familiesSection,
  findingsSection,
  likenessSection,
  publishedSection,
  sizesSection,
} from "./sections/evaluation-sections.js";
import { failureSection, ladderSection } from "./sections/ladder-section.js";

export interface EvaluationData {
  readonly tag: string;
  readonly evaluation: EvaluationSummary;
  readonly attempts: readonly EvaluatedAttempt[];
  readonly deviceTypes: ReadonlyMap<string, DeviceType>;
}

/** An evaluation as one HTML file that needs no network. The same data gives the same bytes. */
export async function renderEvaluation({ tag, evaluation, attempts, deviceTypes }: EvaluationData): Promise<string> {
  const { ladder, simulations, optimizer, corpus, kind, seed, supplyVolts } = evaluation;
  const sections: (Section | undefined)[] = [
    ladderSection(ladder),
    findingsSection(evaluation),
    familiesSection(evaluation),
    publishedSection(evaluation),
    failureSection(ladder),
    await failedCircuitsSection(evaluation, attempts, deviceTypes),
    sizesSection(evaluation),
    likenessSection(evaluation),
  ];
  return page(
    "Evaluation of circuits",
    markup`<p class="note">Run <code>${tag}</code>, seed ${seed}: ${formatCount(ladder.attempts)} attempts (${kind})</p>
      <p>
        Simulatable with a supply of ${supplyVolts} V.
        ${
          simulations === 0
            ? "The functional rungs were not tried."
            : `Functional and on spec within ${formatCount(simulations)} simulations of ${optimizer} for each circuit that passed all rungs above.`
        }
        ${
          corpus === undefined
            ? "No training circuits were known, so novelty was not judged."
            : `Novel against ${formatCount(corpus.circuits)} topologies (${corpus.name}).`
        }
      </p>`,
    sections.filter((section) => section !== undefined),
  );
}
