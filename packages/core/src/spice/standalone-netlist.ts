import type { Deck } from "../contracts/deck.js";
import type { Analysis } from "../contracts/simulator.js";
import { analysisCommand } from "./analysis-command.js";
import { indexDeck, resolveSave } from "./plan-run.js";
import { plainNumber } from "./spice-number.js";
import { writeDeck, writeTitle } from "./write-deck.js";

export interface StandaloneOptions {
  /** Nodes and, as `i(name)`, source currents to print of dc, ac and tran. Default: all nodes. */
  readonly save?: readonly string[];
  /** Lines of explanation at the top of the file; anything but plain characters is replaced. */
  readonly comments?: readonly string[];
}

/**
 * A complete netlist that `ngspice -b FILE` runs as it is, printing every analysis's results as tables: magnitudes of
 * an ac analysis in decibels, phases in degrees, noise in V/√Hz. Throws `DECK_INVALID`.
 */
export function writeStandaloneNetlist(
  deck: Deck,
  analyses: readonly Analysis[],
  { save, comments = [] }: StandaloneOptions = {},
): string {
  const indexed = indexDeck(deck);
  const lines = writeDeck(deck, plainNumber);
  const vectors = (save ?? [...indexed.nodes]).map((name) => resolveSave(indexed, name));
  return [
    `* ${writeTitle(deck.title)}`,
    ...comments.map((comment) => `* ${writeTitle(comment)}`),
    ...lines,
    ".control",
    "set width=200 nobreak noaskquit",
    ...analyses.flatMap((analysis) => [analysisCommand(analysis, deck, indexed.elements), ...printCommands(analysis, vectors)]),
    "quit 0",
    ".endc",
    ".end",
    "",
  ].join("\n");
}

function printCommands(analysis: Analysis, vectors: readonly string[]): string[] {
  switch (analysis.kind) {
    case "op":
      return ["print all"];
    case "dc":
    case "tran":
      return [`print ${vectors.join(" ")}`];
    case "ac":
      return ["set units=degrees", `print ${vectors.flatMap((vector) => [`db(${vector})`, `cph(${vector})`]).join(" ")}`];
    case "noise":
      return ["setplot previous", "print onoise_spectrum inoise_spectrum"];
  }
}
