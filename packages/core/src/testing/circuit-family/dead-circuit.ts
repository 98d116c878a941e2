import type { Testbench } from "../../contracts/circuit-family.js";
import type { Analysis, AnalysisResult, SimulationOk } from "../../contracts/simulator.js";

/** Enough of any curve. */
const MOST_POINTS = 200;

/** What a simulator answers of a circuit in which nothing happens: 0 V and 0 A everywhere, in all that a bench asks for. */
export function deadCircuit(bench: Testbench): SimulationOk {
  return { status: "ok", convergence: "direct", analyses: bench.analyses.map((analysis) => deadResult(analysis, bench)) };
}

function deadResult(analysis: Analysis, { deck, save }: Testbench): AnalysisResult {
  if (analysis.kind === "op") {
    const carriers = deck.elements.filter(({ kind }) => kind === "voltage" || kind === "inductor" || kind === "vcvs");
    const nodes = deck.elements.flatMap((element) => element.nodes);
    return { kind: "op", op: { nodes: zeros(nodes), branches: zeros(carriers.map(({ name }) => name)), devices: {} } };
  }
  const x = grid(analysis);
  const zero = (): Float64Array => new Float64Array(x.length);
  if (analysis.kind === "noise") return { kind: "noise", x, output: zero(), input: zero() };
  if (analysis.kind === "ac") {
    return { kind: "ac", x, vectors: Object.fromEntries(save.map((name) => [name, { re: zero(), im: zero() }])) };
  }
  return { kind: analysis.kind, x, vectors: Object.fromEntries(save.map((name) => [name, zero()])) };
}

function zeros(names: readonly string[]): Record<string, number> {
  return Object.fromEntries(names.map((name) => [name, 0]));
}

function grid(analysis: Exclude<Analysis, { kind: "op" }>): Float64Array {
  if (analysis.kind === "dc") {
    const { start, stop, step } = analysis;
    return spread(start, stop, Math.abs((stop - start) / step));
  }
  if (analysis.kind === "tran") {
    const { startS = 0, stopS, stepS } = analysis;
    return spread(startS, stopS, (stopS - startS) / stepS);
  }
  const decades = Math.log10(analysis.stopHz / analysis.startHz);
  return spread(Math.log(analysis.startHz), Math.log(analysis.stopHz), decades * analysis.pointsPerDecade).map(Math.exp);
}

/** Even steps from first to last. */
function spread(first: number, last: number, steps: number): Float64Array {
  const count = Math.max(1, Math.min(MOST_POINTS, Math.round(steps)));
  return Float64Array.from({ length: count + 1 }, (_, index) => first + ((last - first) * index) / count);
}
