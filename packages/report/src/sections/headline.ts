import type { ReportData, SizingSummary } from "@topogenie/core";
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
    sentences.push(meritSentence(sizing));
  }
  return markup`<p class="headline">${sentences.length === 0 ? "No stage has left a result yet." : sentences}</p>`;
}

/** Only what works counts: a circuit can have a high figure of merit because it does not amplify. */
function meritSentence({ figureOfMerit: { unit, better }, circuits }: SizingSummary): HtmlValue {
  const sign = better === "higher" ? 1 : -1;
  const bestOf = (novel: boolean) =>
    circuits
      .filter((circuit) => circuit.functional && circuit.novel === novel)
      .map(({ figureOfMerit }) => figureOfMerit)
      .filter(isNumber)
      .sort((one, other) => sign * (other - one))[0];
  const [found, known] = [bestOf(true), bestOf(false)];
  const value = (figure: number) => formatQuantity(figure, unit);
  if (found !== undefined)
    return markup`The best functional novel circuit reaches a figure of merit of
      <strong>${value(found)}</strong
      >${known === undefined ? "" : markup`; the best known circuit sized beside it, with the same budget, reaches ${value(known)}`}.`;
  const novel = circuits.filter((circuit) => circuit.novel).length;
  const none =
    novel === 0
      ? "No novel circuit has been sized"
      : circuits.some((circuit) => circuit.novel && circuit.functional)
        ? "No functional novel circuit has a figure of merit"
        : `None of the ${formatCount(novel)} novel circuits that were sized is functional`;
  return markup`${none}${known === undefined ? "" : markup`; the best known circuit reaches a figure of merit of ${value(known)}`}.`;
}

export function isNumber(value: number | null | undefined): value is number {
  return typeof value === "number" && Number.isFinite(value);
}
