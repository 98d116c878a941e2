import type { Deck, DeckElement } from "../contracts/deck.js";
import type { Analysis } from "../contracts/simulator.js";
import { checkNode, deckError } from "./check-deck.js";
import { checkPositive, spiceNumber } from "./spice-number.js";
import { spiceName } from "./write-deck.js";

/** More points than this in one analysis would exhaust an engine's memory before any timeout. */
const MOST_POINTS = 5_000_000;

/** The engine's command for an analysis. Throws `DECK_INVALID` when its numbers or names make no sense in this deck. */
export function analysisCommand(analysis: Analysis, deck: Deck, elements: ReadonlyMap<string, DeckElement>): string {
  switch (analysis.kind) {
    case "op":
      return "op";
    case "dc": {
      const source = sourceName(analysis.source, elements, "dc analysis");
      const { start, stop, step } = analysis;
      if (step === 0 || (stop - start) / step < 0) throw deckError("dc analysis", "its step does not lead from start to stop.");
      refuseTooMany(expectedPoints(analysis), "dc analysis");
      return `dc ${source} ${[start, stop, step].map((number) => spiceNumber(number, "dc analysis")).join(" ")}`;
    }
    case "ac":
      return `ac ${decadeSweep(analysis, "ac analysis")}`;
    case "noise": {
      checkNode(analysis.output, "noise analysis", new Map());
      if (!deck.elements.some((element) => element.nodes.includes(analysis.output))) {
        throw deckError("noise analysis", `the deck has no node "${analysis.output}".`);
      }
      const input = sourceName(analysis.input, elements, "noise analysis");
      return `noise v(${analysis.output}) ${input} ${decadeSweep(analysis, "noise analysis")}`;
    }
    case "tran": {
      const where = "tran analysis";
      const { stepS, stopS, startS, maxStepS } = analysis;
      const words = [positive(stepS, where), positive(stopS, where)];
      if (startS !== undefined || maxStepS !== undefined) words.push(spiceNumber(startS ?? 0, where));
      if (maxStepS !== undefined) words.push(positive(maxStepS, where));
      if ((startS ?? 0) < 0 || (startS ?? 0) >= stopS) throw deckError(where, "its start is not before its stop.");
      refuseTooMany(stopS / Math.min(maxStepS ?? stopS / 50, stopS / 50), where);
      return `tran ${words.join(" ")}${analysis.useInitialConditions === true ? " uic" : ""}`;
    }
    default:
      throw deckError("analysis", "there is no such kind of analysis.");
  }
}

/** Number of points that the analysis must give; undefined where the engine chooses its own steps. */
export function expectedPoints(analysis: Analysis): number | undefined {
  switch (analysis.kind) {
    case "op":
      return 1;
    case "dc":
      return Math.floor((analysis.stop - analysis.start) / analysis.step + 1e-9) + 1;
    case "ac":
    case "noise":
      return Math.floor(analysis.pointsPerDecade * Math.log10(analysis.stopHz / analysis.startHz) + 1e-6) + 1;
    case "tran":
      return undefined;
  }
}

function decadeSweep(sweep: Extract<Analysis, { kind: "ac" | "noise" }>, where: string): string {
  const { pointsPerDecade, startHz, stopHz } = sweep;
  if (!Number.isInteger(pointsPerDecade) || pointsPerDecade < 1) {
    throw deckError(where, "pointsPerDecade must be a whole number of at least 1.");
  }
  const frequencies = `${positive(startHz, where)} ${positive(stopHz, where)}`;
  if (stopHz < startHz) throw deckError(where, "stopHz is below startHz.");
  refuseTooMany(expectedPoints(sweep), where);
  return `dec ${pointsPerDecade} ${frequencies}`;
}

function sourceName(name: string, elements: ReadonlyMap<string, DeckElement>, where: string): string {
  const element = elements.get(name);
  if (element?.kind !== "voltage" && element?.kind !== "current") {
    throw deckError(where, `the deck has no voltage or current source named ${JSON.stringify(name.slice(0, 40))}.`);
  }
  return spiceName(element);
}

function refuseTooMany(points: number | undefined, where: string): void {
  if (points !== undefined && !(points <= MOST_POINTS)) throw deckError(where, `it asks for more than ${MOST_POINTS} points.`);
}

function positive(value: number, where: string): string {
  checkPositive(value, where);
  return spiceNumber(value, where);
}
