import type { Deck, DeckElement, ModelCard } from "../contracts/deck.js";
import type { Analysis, AnalysisKind, RunRequest } from "../contracts/simulator.js";
import { analysisCommand, expectedPoints } from "./analysis-command.js";
import { checkNode, deckError } from "./check-deck.js";
import { deviceVectors } from "./device-operating-point.js";
import { spiceName } from "./write-deck.js";

/** A deck with what is looked up in it again and again. */
export interface IndexedDeck {
  readonly deck: Deck;
  readonly elements: ReadonlyMap<string, DeckElement>;
  readonly models: ReadonlyMap<string, ModelCard>;
  /** Every node but ground. */
  readonly nodes: ReadonlySet<string>;
}

/** One plot that a step leaves in a file. */
export interface PlotFile {
  readonly path: string;
  /** What the engine must call the plot. */
  readonly plotName: string;
  /** Undefined where the engine chooses its own steps. */
  readonly points: number | undefined;
}

/** Commands that run together, and the files that they leave. */
export interface RunStep {
  readonly commands: readonly string[];
  /** The analysis that this step answers, as an index into the request's; -1 for a lone operating point. */
  readonly analysis: number;
  readonly kind: AnalysisKind;
  readonly plot: PlotFile;
  /** Set where this step's operating point also answers the request's `op`. */
  readonly op: PlotFile | undefined;
  /** How the operating point was found shows in this step's log. */
  readonly tellsConvergence: boolean;
}

const plotNames: Readonly<Record<AnalysisKind, string>> = {
  op: "Operating Point",
  dc: "DC transfer characteristic",
  ac: "AC Analysis",
  tran: "Transient Analysis",
  noise: "Noise Spectral Density Curves",
};

const AC_OPERATING_POINT = "AC Operating Point";

export function indexDeck(deck: Deck): IndexedDeck {
  return {
    deck,
    elements: new Map(deck.elements.map((element) => [element.name, element])),
    models: new Map(deck.models.map((model) => [model.name, model])),
    nodes: new Set(deck.elements.flatMap((element) => element.nodes).filter((node) => node !== "0")),
  };
}

/**
 * The steps of a run. An operating point asked for beside an ac analysis is that analysis's own (`.options keepopinfo`), so
 * it is searched for once. A noise analysis searches again, whatever ran before: ngspice begins each analysis at the devices'
 * initial guess or at the nodeset, never at the last solution, and does not keep that of a noise analysis in every version.
 * `path` names a fresh file for each plot.
 * Throws `DECK_INVALID` when the request does not fit the deck.
 */
export function planRun(indexed: IndexedDeck, request: RunRequest, path: () => string): readonly RunStep[] {
  const { deck, elements } = indexed;
  if (request.analyses.length === 0) throw deckError("run request", "it asks for no analysis.");
  const saved = savedVectors(indexed, request.save);
  const vectors = deviceExpressions(indexed, request.devices ?? []);
  const wantsOp = request.analyses.some((analysis) => analysis.kind === "op");
  const host = request.analyses.findIndex(({ kind }) => kind === "ac");
  const steps: RunStep[] = [];
  if (wantsOp && host < 0) {
    const plot = { path: path(), plotName: plotNames.op, points: 1 };
    steps.push({
      commands: ["op", `write ${plot.path} ${["all", ...vectors].join(" ")}`, "destroy all"],
      analysis: -1,
      kind: "op",
      plot,
      op: plot,
      tellsConvergence: true,
    });
  }
  request.analyses.forEach((analysis, index) => {
    if (analysis.kind === "op") return;
    const plot = { path: path(), plotName: plotNames[analysis.kind], points: expectedPoints(analysis) };
    const op = wantsOp && index === host ? { path: path(), plotName: AC_OPERATING_POINT, points: 1 } : undefined;
    steps.push({
      commands: [analysisCommand(analysis, deck, elements), ...readPlots(analysis, plot, saved, op, vectors), "destroy all"],
      analysis: index,
      kind: analysis.kind,
      plot,
      op,
      tellsConvergence: op !== undefined || (!wantsOp && steps.length === 0),
    });
  });
  return steps;
}

function readPlots(
  analysis: Analysis,
  plot: PlotFile,
  saved: string,
  op: PlotFile | undefined,
  vectors: readonly string[],
): string[] {
  // A noise analysis leaves the integrated noise as the current plot, the densities behind it.
  const back = analysis.kind === "noise" ? ["setplot previous"] : [];
  const writeOp = op === undefined ? [] : ["setplot previous", `write ${op.path} ${["all", ...vectors].join(" ")}`];
  return [...back, `write ${plot.path} ${analysis.kind === "noise" ? "all" : saved}`, ...writeOp];
}

function deviceExpressions(indexed: IndexedDeck, devices: readonly string[]): string[] {
  return devices.flatMap((name) => {
    const element = indexed.elements.get(name);
    if (element === undefined) throw deckError(`devices ${JSON.stringify(name.slice(0, 40))}`, "the deck has no such element.");
    return deviceVectors(element, indexed.models);
  });
}

/** What a result file must hold beside its scale, which the engine adds. Throws `DECK_INVALID`. */
function savedVectors(indexed: IndexedDeck, save: readonly string[] = []): string {
  return [...new Set(save.map((name) => resolveSave(indexed, name)))].join(" ") || "all";
}

/** The raw file's variable for a name in {@link RunRequest.save}. Throws `DECK_INVALID`. */
export function resolveSave(indexed: IndexedDeck, name: string): string {
  const branch = /^i\((.*)\)$/s.exec(name)?.[1];
  if (branch !== undefined) {
    const element = indexed.elements.get(branch);
    if (element?.kind !== "voltage" && element?.kind !== "inductor" && element?.kind !== "vcvs") {
      throw deckError(`save ${JSON.stringify(name.slice(0, 40))}`, "the deck has no voltage source or inductor of this name.");
    }
    return `i(${spiceName(element)})`;
  }
  checkNode(name, "save", new Map());
  if (!indexed.nodes.has(name)) throw deckError(`save "${name}"`, "the deck has no such node.");
  return `v(${name})`;
}
