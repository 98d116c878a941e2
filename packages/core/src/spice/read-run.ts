import type {
  AnalysisResult,
  OperatingPoint,
  RunRequest,
  SimulationFailure,
  SimulationOk,
  SimulationResult,
} from "../contracts/simulator.js";
import { deviceVectors, readDevice } from "./device-operating-point.js";
import { convergenceInLog, failureInLog, logTail } from "./engine-log.js";
import { resolveSave, type IndexedDeck, type PlotFile, type RunStep } from "./plan-run.js";
import { readRawFile, type RawPlot } from "./raw-file.js";
import { spiceName } from "./write-deck.js";

/** What an engine answered to one step: what it printed, and the files that the step should have left, in its order. */
export interface StepAnswer {
  readonly log: string;
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/** What has been read of a run so far. */
export interface RunReading {
  readonly results: Map<number, AnalysisResult>;
  op: OperatingPoint | undefined;
  convergence: SimulationOk["convergence"];
}

export function emptyReading(): RunReading {
  return { results: new Map(), op: undefined, convergence: "direct" };
}

/**
 * Reads one step's answer into `reading`; returns the failure instead when the log tells of one or a plot is missing,
 * stale (another deck's title), of another analysis, short, or not finite.
 */
export function readStep(
  indexed: IndexedDeck,
  request: RunRequest,
  step: RunStep,
  title: string,
  answer: StepAnswer,
  reading: RunReading,
): SimulationFailure | undefined {
  const failure = failureInLog(answer.log);
  if (failure !== undefined) return failure;
  if (step.tellsConvergence) reading.convergence = convergenceInLog(answer.log);
  if (step.op !== undefined) {
    const plot = wholePlot(step.op, title, answer);
    if ("status" in plot) return plot;
    reading.op = readOperatingPoint(indexed, request, plot);
    const problem = firstNotFinite(reading.op.nodes) ?? firstNotFinite(reading.op.branches);
    if (problem !== undefined) return unphysical(`the operating point's ${problem} is not finite`);
  }
  if (step.kind === "op") return undefined;
  const plot = wholePlot(step.plot, title, answer);
  if ("status" in plot) return plot;
  const incomplete = transientStopsShort(request, step, plot);
  if (incomplete !== undefined) return incomplete;
  const result = readAnalysis(indexed, request, step, plot);
  if ("status" in result) return result;
  reading.results.set(step.analysis, result);
  return undefined;
}

/** The whole run's result, once every step was read. */
export function finishReading(request: RunRequest, reading: RunReading): SimulationResult {
  const analyses: AnalysisResult[] = [];
  for (const [index, analysis] of request.analyses.entries()) {
    const result = analysis.kind === "op" ? reading.op && ({ kind: "op", op: reading.op } as const) : reading.results.get(index);
    if (result === undefined)
      return { status: "crashed", message: `the engine gave no result for analysis ${index + 1} (${analysis.kind})` };
    analyses.push(result);
  }
  return { status: "ok", analyses, convergence: reading.convergence };
}

function wholePlot(file: PlotFile, title: string, answer: StepAnswer): RawPlot | SimulationFailure {
  const bytes = answer.files.get(file.path);
  const plot = bytes === undefined ? undefined : readRawFile(bytes);
  const wrong =
    plot === undefined
      ? "no whole result file"
      : plot.title.toLowerCase() !== title.toLowerCase()
        ? `a result of another circuit (${plot.title})`
        : plot.plotName.toLowerCase() !== file.plotName.toLowerCase()
          ? `"${plot.plotName}" instead of "${file.plotName}"`
          : file.points !== undefined && plot.points !== file.points
            ? `${plot.points} points instead of ${file.points}`
            : undefined;
  if (plot === undefined || wrong !== undefined) {
    return { status: "crashed", message: `the engine left ${wrong ?? "nothing"}; it printed: ${logTail(answer.log)}` };
  }
  return plot;
}

function transientStopsShort(request: RunRequest, step: RunStep, plot: RawPlot): SimulationFailure | undefined {
  const analysis = request.analyses[step.analysis];
  if (analysis?.kind !== "tran") return undefined;
  const last = plot.columns.get("time")?.re.at(-1) ?? Number.NaN;
  if (Math.abs(last - analysis.stopS) <= 1e-6 * analysis.stopS) return undefined;
  return { status: "no_convergence", message: `the transient ended at ${last} s instead of ${analysis.stopS} s` };
}

function readOperatingPoint(indexed: IndexedDeck, request: RunRequest, plot: RawPlot): OperatingPoint {
  const value = (name: string): number => plot.columns.get(name)?.re[0] ?? Number.NaN;
  const nodes: Record<string, number> = {};
  for (const node of indexed.nodes) nodes[node] = value(`v(${node})`);
  const branches: Record<string, number> = {};
  for (const element of indexed.deck.elements) {
    if (element.kind === "voltage" || element.kind === "inductor") branches[element.name] = value(`i(${spiceName(element)})`);
  }
  const volts = (node: string): number => (node === "0" ? 0 : (nodes[node] ?? Number.NaN));
  const devices = Object.fromEntries(
    (request.devices ?? []).flatMap((name) => {
      const element = indexed.elements.get(name);
      if (element === undefined) return [];
      return [[name, readDevice(element, indexed.models, deviceVectors(element, indexed.models).map(value), volts)]];
    }),
  );
  return { nodes, branches, devices };
}

function readAnalysis(
  indexed: IndexedDeck,
  request: RunRequest,
  step: RunStep,
  plot: RawPlot,
): AnalysisResult | SimulationFailure {
  const first = [...plot.columns.values()][0]?.re ?? new Float64Array();
  if (step.kind === "noise") {
    const output = squared(plot.columns.get("onoise_spectrum")?.re);
    const input = squared(plot.columns.get("inoise_spectrum")?.re);
    if (output === undefined || input === undefined) return unphysical("the noise densities are missing or not finite");
    return { kind: "noise", x: first, output, input };
  }
  const names = request.save ?? [...indexed.nodes];
  const complex: Record<string, { re: Float64Array; im: Float64Array }> = {};
  const real: Record<string, Float64Array> = {};
  for (const name of names) {
    const column = plot.columns.get(resolveSave(indexed, name));
    if (column === undefined || !isFinite(column.re) || (column.im !== undefined && !isFinite(column.im))) {
      return unphysical(`${step.kind}: "${name}" is missing or not finite`);
    }
    if (step.kind === "ac") complex[name] = { re: column.re, im: column.im ?? new Float64Array(column.re.length) };
    else real[name] = column.re;
  }
  if (step.kind === "ac") return { kind: "ac", x: first, vectors: complex };
  return { kind: step.kind === "dc" ? "dc" : "tran", x: first, vectors: real };
}

/** ngspice prints V/√Hz. */
function squared(density: Float64Array | undefined): Float64Array | undefined {
  const values = density?.map((value) => value * value);
  return values !== undefined && isFinite(values) ? values : undefined;
}

function isFinite(values: Float64Array): boolean {
  return values.every((value) => Number.isFinite(value));
}

function firstNotFinite(values: Readonly<Record<string, number>>): string | undefined {
  return Object.entries(values).find(([, value]) => !Number.isFinite(value))?.[0];
}

function unphysical(message: string): SimulationFailure {
  return { status: "unphysical", message };
}
