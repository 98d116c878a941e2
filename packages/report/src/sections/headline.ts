import type { ReportData } from "@topogenie/core";
import { markup, type Html, type HtmlValue } from "../html/html.js";
import { formatCount, formatQuantity, formatShare } from "../html/number-format.js";
import { interval } from "./ladder-section.js";

/** What was found, in a few sentences. */
export function headline({ ladder, sizing, corpus }: ReportData): Html {
  const sentences: HtmlValue[] = [];
  const rung = (name: string) => ladder?.rungs.find((one) => one.name === name);
  if (ladder !== undefined && ladder.attempts > 0) {
    const novel = rung("novel");
    const functional = rung("functional");
    const onSpec = rung("on-spec");
    const share = (passed: number) => formatShare(passed / ladder.attempts);
    if (novel !== undefined) {
      sentences.push(
        markup`Of ${formatCount(ladder.attempts)} attempts,
          <strong>${formatCount(novel.passed)} (${share(novel.passed)})</strong> are valid, unique and novel circuits, with a
          95&nbsp;% interval of ${interval(novel.low, novel.high).slice(1, -1)}. `,
      );
    } else sentences.push(markup`${formatCount(ladder.attempts)} circuits were attempted. `);
    if (functional !== undefined)
      sentences.push(
        markup`<strong>${formatCount(functional.passed)} (${share(functional.passed)})</strong> of the attempts are novel and work
          when
          sized${onSpec === undefined ? "" : markup`, and ${formatCount(onSpec.passed)} (${share(onSpec.passed)}) meet the specification`}. `,
      );
  } else if (corpus !== undefined)
    sentences.push(
      markup`The corpus holds ${formatCount(corpus.circuits)} circuits of ${formatCount(corpus.topologies)} topologies; no circuit
      has been generated and verified yet. `,
    );
  if (sizing !== undefined) {
    const merit = sizing.figureOfMerit;
    const best = sizing.circuits.find(({ novel, figureOfMerit }) => novel && isNumber(figureOfMerit));
    const known = sizing.circuits.find(({ novel, figureOfMerit }) => !novel && isNumber(figureOfMerit));
    const value = (figure: number | undefined) => formatQuantity(figure ?? Number.NaN, merit.unit);
    if (best !== undefined)
      sentences.push(
        markup`The best novel circuit reaches a figure of merit of
          <strong>${value(best.figureOfMerit)}</strong
          >${known === undefined ? "" : markup`; the best known circuit sized beside it, with the same budget, reaches ${value(known.figureOfMerit)}`}.`,
      );
    else if (known !== undefined)
      sentences.push(
        markup`No novel circuit has a figure of merit yet; the best known circuit reaches ${value(known.figureOfMerit)}.`,
      );
  }
  return markup`<p class="headline">${sentences.length === 0 ? "No stage has left a result yet." : sentences}</p>`;
}

export function isNumber(value: number | null | undefined): value is number {
  return typeof value === "number" && Number.isFinite(value);
}
