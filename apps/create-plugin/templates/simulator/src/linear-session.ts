import {
  analysisCommand,
  elementValues,
  indexDeck,
  planRun,
  resolveValueKey,
  TopogenieError,
  type Analysis,
  type AnalysisResult,
  type Deck,
  type RunRequest,
  type SimulationFailure,
  type SimulationResult,
  type SimulatorSession,
} from "@topogenie/core";
import { setImmediate as turn } from "node:timers/promises";
import { LinearNetwork, linearElements } from "./linear-network.js";

export const linearAnalyses: readonly Analysis["kind"][] = ["op", "ac"];

/** Between two looks at the clock and at whoever wants to stop. */
const TURN_MS = 5;

/** A deck that stays loaded, with the values set so far. */
export class LinearSession implements SimulatorSession {
  readonly #deck: Deck;
  readonly #network: LinearNetwork;
  readonly #closing = new AbortController();
  readonly #disposed: AbortSignal;
  #values: ReadonlyMap<string, number>;

  /** @param disposed aborts when the whole simulator is put away */
  constructor(deck: Deck, disposed: AbortSignal) {
    this.#deck = deck;
    this.#network = new LinearNetwork(deck);
    this.#disposed = disposed;
    this.#values = new Map(Object.entries(elementValues(deck.elements)));
  }

  async run(request: RunRequest): Promise<SimulationResult> {
    const stop = AbortSignal.any([
      this.#closing.signal,
      this.#disposed,
      ...(request.signal === undefined ? [] : [request.signal]),
    ]);
    stop.throwIfAborted();
    const refused = this.#refuse(request);
    if (refused !== undefined) return refused;
    // Kept: values that are set while this run is under way are another run's.
    const values = this.#values;
    const value = (key: string): number => values.get(key) ?? 0;
    // One turn of the process for whoever wants to stop before it begins.
    await turn();
    stop.throwIfAborted();
    const ends = performance.now() + request.timeoutMs;
    const analyses: AnalysisResult[] = [];
    for (const analysis of request.analyses) {
      const result = await this.#analyse(analysis, request.save ?? this.#network.nodes, value, ends, stop);
      if ("status" in result) return result;
      analyses.push(result);
    }
    return { status: "ok", analyses, convergence: "direct" };
  }

  close(): Promise<void> {
    this.#closing.abort(new TopogenieError("SESSION_CLOSED", "The session was closed."));
    return Promise.resolve();
  }

  /** Why a request cannot be answered; sets its values when it can. */
  #refuse(request: RunRequest): SimulationFailure | undefined {
    const strange = this.#deck.elements.find(({ kind }) => !linearElements.includes(kind));
    if (strange !== undefined) return unsupported(`element "${strange.name}" is a ${strange.kind}, which is not linear`);
    const missing = request.analyses.find(({ kind }) => !linearAnalyses.includes(kind));
    if (missing !== undefined) return unsupported(`there is no ${missing.kind} analysis, only ${linearAnalyses.join(" and ")}`);
    try {
      const indexed = indexDeck(this.#deck);
      const set = new Map(Object.entries(request.set ?? {}));
      for (const [key, value] of set) resolveValueKey(indexed.elements, key, value);
      if (!(request.timeoutMs > 0 && request.timeoutMs <= 0x7fffffff))
        throw new TopogenieError("DECK_INVALID", "timeoutMs: it must be above zero.");
      for (const [node, volts] of Object.entries(request.nodeset ?? {})) {
        if (!indexed.nodes.has(node) || !Number.isFinite(volts))
          throw new TopogenieError("DECK_INVALID", `nodeset: "${node}" cannot be set.`);
      }
      // Core's own checks of what a request may hold; what it plans is for SPICE and is not needed here.
      planRun(indexed, request, () => "unused");
      for (const analysis of request.analyses) analysisCommand(analysis, this.#deck, indexed.elements);
      this.#values = new Map([...this.#values, ...set]);
      return undefined;
    } catch (error) {
      if (error instanceof TopogenieError && error.code === "DECK_INVALID")
        return { status: "parse_error", message: error.message };
      throw error;
    }
  }

  async #analyse(
    analysis: Analysis,
    save: readonly string[],
    value: (key: string) => number,
    ends: number,
    stop: AbortSignal,
  ): Promise<AnalysisResult | SimulationFailure> {
    if (analysis.kind !== "ac") {
      const solved = this.#network.solve(value);
      if (typeof solved === "string") return singular(solved);
      const { nodes, branches } = this.#network;
      const read = (names: readonly string[], from: number): Record<string, number> =>
        Object.fromEntries(names.map((name, index) => [name, solved.re[from + index] ?? Number.NaN]));
      return { kind: "op", op: { nodes: read(nodes, 0), branches: read(branches, nodes.length), devices: {} } };
    }
    const { pointsPerDecade, startHz, stopHz } = analysis;
    const points = Math.floor(pointsPerDecade * Math.log10(stopHz / startHz) + 1e-6) + 1;
    const x = new Float64Array(points);
    const vectors = Object.fromEntries(
      save.map((name) => [name, { re: new Float64Array(points), im: new Float64Array(points) }]),
    );
    const places = save.map((name) => [this.#network.unknown(name) ?? -1, vectors[name]] as const);
    let turned = performance.now();
    for (let point = 0; point < points; point++) {
      if (performance.now() - turned > TURN_MS) {
        await turn();
        stop.throwIfAborted();
        turned = performance.now();
        if (turned > ends) return { status: "timeout", message: `no result in time: ${point} of ${points} points were done` };
      }
      const hz = startHz * 10 ** (point / pointsPerDecade);
      const solved = this.#network.solve(value, 2 * Math.PI * hz);
      if (typeof solved === "string") return singular(solved);
      x[point] = hz;
      for (const [place, vector] of places) {
        if (vector === undefined) continue;
        vector.re[point] = solved.re[place] ?? Number.NaN;
        vector.im[point] = solved.im[place] ?? Number.NaN;
      }
    }
    return { kind: "ac", x, vectors };
  }
}

function unsupported(message: string): SimulationFailure {
  return { status: "unsupported", message };
}

function singular(unknown: string): SimulationFailure {
  return { status: "singular", message: `the equations are singular: nothing determines ${unknown}` };
}
