import type { Deck } from "../contracts/deck.js";
import type { Analysis } from "../contracts/simulator.js";
import { analysisCommand } from "./analysis-command.js";
import { writeDeck, writeTitle } from "./write-deck.js";

/**
 * A complete `.cir` file that `ngspice -b` runs as it is and that prints, for each analysis, the nodes and currents in
 * `save` (names as in {@link RunRequest.save}); magnitudes in decibels and phases in radians for ac.
 * Throws `DECK_INVALID` when the deck, an analysis or a name breaks their rules.
 */
export function writeStandaloneNetlist(deck: Deck, analyses: readonly Analysis[], save: readonly string[]): string {
  const elements = new Map(deck.elements.map((element) => [element.name, element]));
  const lines = analyses.flatMap((analysis) => [`.${analysisCommand(analysis, deck, elements)}`, printLine(analysis, save)]);
  return [writeTitle(deck.title), ...writeDeck(deck), ...lines, ".end", ""].join("\n");
}

function printLine(analysis: Analysis, save: readonly string[]): string {
  if (analysis.kind === "noise") return ".print noise onoise_spectrum inoise_spectrum";
  const vectors = save.flatMap((name) => {
    const current = /^i\((.+)\)$/.exec(name)?.[1];
    if (current !== undefined) return [`i(v${current})`];
    return analysis.kind === "ac" ? [`vdb(${name})`, `vp(${name})`] : [`v(${name})`];
  });
  return `.print ${analysis.kind} ${vectors.join(" ")}`;
}
