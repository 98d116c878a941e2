import type { ReportData } from "@topogenie/core";
import { markup } from "./html/html.js";
import { page, type Section } from "./html/page.js";
import { bestCircuitsSection, comparedProgress, figure, sizedTableSection } from "./sections/circuit-sections.js";
import { headline } from "./sections/headline.js";
import { failureSection, ladderSection } from "./sections/ladder-section.js";
import { corpusSection, encodingSection, reproduceSection, trainingSection } from "./sections/stage-sections.js";

/**
 * Everything that a run found, as one HTML file that needs no network. The same data gives the same bytes.
 * Throws `SCHEMATIC_DEVICE_UNKNOWN` when a sized circuit has a device whose type is not in the data.
 */
export async function renderReport(data: ReportData): Promise<string> {
  const sized = sizedTableSection(data.sizing);
  const progress = data.sizing === undefined ? undefined : comparedProgress(data.sizing);
  const sections: (Section | undefined)[] = [
    ladderSection(data.ladder),
    await bestCircuitsSection(data),
    sized === undefined || progress === undefined
      ? sized
      : { ...sized, body: markup`${sized.body}${figure("progress", progress)}` },
    failureSection(data.ladder),
    trainingSection(data.training, data.generation),
    encodingSection(data.encoding),
    corpusSection(data.corpus, data.ladder?.deviceCounts ?? []),
    reproduceSection(data),
  ];
  const family = data.sizing === undefined ? "" : `: ${data.sizing.family}`;
  return page(
    `Topogenie report${family}`,
    markup`<p class="note">Run <code>${data.tag}</code>, seed ${data.seed}</p>
      ${headline(data)}`,
    sections.filter((section) => section !== undefined),
  );
}
