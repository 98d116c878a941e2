import type { Circuit } from "../circuit/circuit.js";
import type { CircuitFamily, Testbench } from "../contracts/circuit-family.js";
import type { Deck, ModelCard } from "../contracts/deck.js";
import type { DeviceType } from "../contracts/device-type.js";
import type { SimulationOk, Simulator, SimulatorSession } from "../contracts/simulator.js";
import { TopogenieError } from "../runtime/error.js";
import { circuitElements, elementValues } from "../spice/device-under-test.js";
import type { Sizing } from "./sizing-problem.js";

/** Volts by node, by bench. */
export type Nodesets = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** What one sizing does. JSON: only finite numbers. */
export type Outcome =
  | { readonly status: "ok"; readonly measured: Readonly<Record<string, number>>; readonly nodes: Nodesets }
  | { readonly status: "failed"; readonly bench: string; readonly reason: string };

/** With the curves, which are too big to keep for every candidate. */
export type FullOutcome =
  | (Extract<Outcome, { status: "ok" }> & { readonly results: Readonly<Record<string, SimulationOk>> })
  | Extract<Outcome, { status: "failed" }>;

export interface EvaluatorParts {
  readonly circuit: Circuit;
  readonly deviceTypes: ReadonlyMap<string, DeviceType>;
  readonly family: CircuitFamily;
  readonly models?: ReadonlyMap<string, ModelCard>;
}

/** Keeps every bench of a circuit loaded and answers what a sizing does in them. */
export class Evaluator {
  readonly benches: readonly Testbench[];
  readonly #parts: EvaluatorParts;
  readonly #sessions: readonly SimulatorSession[];

  private constructor(parts: EvaluatorParts, benches: readonly Testbench[], sessions: readonly SimulatorSession[]) {
    this.#parts = parts;
    this.benches = benches;
    this.#sessions = sessions;
  }

  static async open(parts: EvaluatorParts, benches: readonly Testbench[], simulator: Simulator): Promise<Evaluator> {
    const sessions: SimulatorSession[] = [];
    try {
      for (const bench of benches) sessions.push(await simulator.open(bench.deck));
    } catch (error) {
      await Promise.all(sessions.map((session) => session.close()));
      throw error;
    }
    return new Evaluator(parts, benches, sessions);
  }

  /**
   * Runs all benches together. A failed run makes the whole evaluation a failure, which names the first such bench.
   * @param nodesets where each bench's operating point search starts; a bench left out starts cold
   */
  async evaluate(sizing: Sizing, nodesets: Nodesets, signal?: AbortSignal): Promise<FullOutcome> {
    const sizes = this.#sizeValues(sizing);
    const runs = await Promise.all(
      this.benches.map(async (bench, index) => {
        const session = this.#sessions[index];
        if (session === undefined) throw new TopogenieError("SIZING_CLOSED", `Bench "${bench.name}" is not open.`);
        const nodeset = nodesets[bench.name];
        const result = await session.run({
          set: { ...sizes, ...biasValues(bench, sizing) },
          analyses: bench.analyses,
          save: bench.save,
          timeoutMs: bench.timeoutMs,
          ...(nodeset === undefined ? {} : { nodeset }),
          ...(signal === undefined ? {} : { signal }),
        });
        return { bench: bench.name, result };
      }),
    );
    const results: Record<string, SimulationOk> = {};
    for (const { bench, result } of runs) {
      if (result.status !== "ok") return { status: "failed", bench, reason: `${result.status}: ${result.message}` };
      results[bench] = result;
    }
    const measured = Object.fromEntries(
      Object.entries(this.#parts.family.measure(results)).filter(([, value]) => Number.isFinite(value)),
    );
    return { status: "ok", measured, nodes: operatingPoints(results), results };
  }

  /** The benches' decks with the values of a sizing written in, by bench name. */
  decks(sizing: Sizing): Readonly<Record<string, Deck>> {
    const sizes = this.#sizeValues(sizing);
    return Object.fromEntries(
      this.benches.map((bench) => [bench.name, withValues(bench.deck, { ...sizes, ...biasValues(bench, sizing) })]),
    );
  }

  async close(): Promise<void> {
    await Promise.all(this.#sessions.map((session) => session.close()));
  }

  /** Device types may turn one size into several elements' values, so they write the circuit anew and its values are read off. */
  #sizeValues(sizing: Sizing): Readonly<Record<string, number>> {
    const { circuit, deviceTypes, models } = this.#parts;
    return elementValues(circuitElements(circuit, deviceTypes, sizing.values, models).elements);
  }
}

function biasValues(bench: Testbench, sizing: Sizing): Record<string, number> {
  return Object.fromEntries(
    bench.variables.flatMap(({ name, sets, default: initial }) => sets.map((key) => [key, sizing.bias[name] ?? initial])),
  );
}

function operatingPoints(results: Readonly<Record<string, SimulationOk>>): Nodesets {
  return Object.fromEntries(
    Object.entries(results).flatMap(([bench, { analyses }]) => {
      const found = analyses.find((analysis) => analysis.kind === "op");
      return found === undefined ? [] : [[bench, found.op.nodes]];
    }),
  );
}

function withValues(deck: Deck, set: Readonly<Record<string, number>>): Deck {
  const byElement = new Map<string, Record<string, number>>();
  for (const [key, value] of Object.entries(set)) {
    const dot = key.lastIndexOf(".");
    const element = key.slice(0, dot);
    byElement.set(element, { ...byElement.get(element), [key.slice(dot + 1)]: value });
  }
  return {
    ...deck,
    elements: deck.elements.map((element) => ({ ...element, values: { ...element.values, ...byElement.get(element.name) } })),
  };
}
