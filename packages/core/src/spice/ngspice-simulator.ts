import { elementKinds, type Deck, type ElementKind } from "../contracts/deck.js";
import type {
  AnalysisKind,
  RunRequest,
  SimulationFailure,
  SimulationResult,
  Simulator,
  SimulatorCapabilities,
  SimulatorSession,
} from "../contracts/simulator.js";
import { TopogenieError } from "../runtime/error.js";
import { alterCommand, resolveValueKey } from "./alter-command.js";
import { checkNode, deckError } from "./check-deck.js";
import { elementValues } from "./device-under-test.js";
import { EnginePool, type PoolSettings, type Seat } from "./engine-pool.js";
import { leavesTraces, loadFailureInLog } from "./engine-log.js";
import { LoadedCircuits, type LoadedCircuit } from "./loaded-circuits.js";
import { indexDeck, planRun, type IndexedDeck, type RunStep } from "./plan-run.js";
import { emptyReading, finishReading, readStep } from "./read-run.js";
import type { StartEngine } from "./spice-engine.js";
import { spiceNumber } from "./spice-number.js";
import { writeDeck } from "./write-deck.js";

const NOTES = ["Whether a run ends within its timeout depends on the speed of the machine; no other result does."];
const ANALYSES: readonly AnalysisKind[] = ["op", "dc", "ac", "tran", "noise"];
const ELEMENTS = Object.keys(elementKinds) as ElementKind[];

/**
 * The simulator contract over any number of ngspice engines. A run's result depends on its deck, the values set so far,
 * its analyses and its nodeset, and on nothing that an engine did before.
 */
export class NgspiceSimulator implements Simulator {
  readonly #pool: EnginePool<LoadedCircuits>;
  readonly #engine: { readonly engine: string; readonly version: string };
  #sessions = 0;

  constructor(engine: { readonly engine: string; readonly version: string }, settings: PoolSettings, start: StartEngine) {
    this.#engine = engine;
    this.#pool = new EnginePool(settings, start, () => new LoadedCircuits());
  }

  capabilities(): SimulatorCapabilities {
    return { ...this.#engine, analyses: ANALYSES, elements: ELEMENTS, workers: this.#pool.size, notes: NOTES };
  }

  open(deck: Deck): Promise<SimulatorSession> {
    this.#sessions++;
    // Copied: what the caller does to its deck afterwards must not reach a session that has checked it.
    const own = structuredClone({ ...deck });
    try {
      return Promise.resolve(new NgspiceSession(own, `s${this.#sessions}`, this.#pool));
    } catch (error) {
      return Promise.reject(error instanceof Error ? error : new Error(String(error)));
    }
  }

  dispose(): Promise<void> {
    return this.#pool.dispose();
  }
}

class NgspiceSession implements SimulatorSession {
  readonly #indexed: IndexedDeck;
  readonly #lines: readonly string[];
  readonly #title: string;
  readonly #pool: EnginePool<LoadedCircuits>;
  readonly #closing = new AbortController();
  /** Every value; a new map with each change, so that runs under way keep theirs. A circuit just loaded is given them all. */
  #values: ReadonlyMap<string, number>;
  /** Key of a transistor's width by the keys of all its values. */
  readonly #widthOf: ReadonlyMap<string, string>;
  #files = 0;

  constructor(deck: Deck, title: string, pool: EnginePool<LoadedCircuits>) {
    this.#lines = writeDeck(deck);
    this.#indexed = indexDeck(deck);
    this.#title = title;
    this.#pool = pool;
    this.#widthOf = new Map(
      deck.elements
        .filter(({ kind }) => kind === "mosfet")
        .flatMap(({ name }) => elementKinds.mosfet.values.map((value) => [`${name}.${value}`, `${name}.w`])),
    );
    this.#values = new Map(Object.entries(elementValues(deck.elements)));
  }

  async run(request: RunRequest): Promise<SimulationResult> {
    let steps: readonly RunStep[];
    let nodeset: string;
    try {
      this.#set(request.set ?? {});
      if (!(request.timeoutMs > 0 && request.timeoutMs <= 0x7fffffff))
        throw deckError("timeoutMs", "it must be above zero and below 2^31.");
      nodeset = nodesetLines(request, this.#indexed).join("\n");
      steps = planRun(this.#indexed, request, () => `${this.#title}_${this.#files++}.raw`);
    } catch (error) {
      if (error instanceof TopogenieError && error.code === "DECK_INVALID")
        return { status: "parse_error", message: error.message };
      throw error;
    }
    const values = this.#values;
    const key = `${this.#title}\n${nodeset}`;
    const outcome = await this.#pool.run({
      timeoutMs: request.timeoutMs,
      signal: request.signal,
      closed: this.#closing.signal,
      suits: (circuits) => circuits.has(key),
      work: (seat) => this.#work(seat, request, steps, key, nodeset, values),
    });
    switch (outcome.kind) {
      case "done":
        return outcome.result;
      case "timeout":
        return { status: "timeout", message: `no result within ${request.timeoutMs} ms; the engine was ended` };
      case "died":
        return { status: "crashed", message: outcome.message };
    }
  }

  close(): Promise<void> {
    this.#closing.abort(new TopogenieError("SESSION_CLOSED", "The simulation session was closed while a run was asked of it."));
    return Promise.resolve();
  }

  /** Takes all of the new values or, when one is wrong, none. */
  #set(changes: Readonly<Record<string, number>>): void {
    const entries = Object.entries(changes);
    if (entries.length === 0) return;
    for (const [key, value] of entries) resolveValueKey(this.#indexed.elements, key, value);
    this.#values = new Map([...this.#values, ...entries]);
  }

  async #work(
    seat: Seat<LoadedCircuits>,
    request: RunRequest,
    steps: readonly RunStep[],
    key: string,
    nodeset: string,
    values: ReadonlyMap<string, number>,
  ): Promise<SimulationResult> {
    const reading = emptyReading();
    for (const step of steps) {
      const selected = seat.state.select(key);
      const circuit = selected?.circuit ?? (await this.#load(seat, key, nodeset));
      if ("status" in circuit) return circuit;
      const prepare = [...(selected?.commands ?? []), ...this.#alter(circuit, values)];
      const read = [...new Set([step.plot.path, ...(step.op === undefined ? [] : [step.op.path])])];
      const answer = await seat.execute({ write: [], commands: [...prepare, ...step.commands], read });
      const failure = readStep(this.#indexed, request, step, circuit.title, answer, reading);
      if (failure !== undefined || leavesTraces(answer.log)) {
        // Loaded again for the next step or run, which must not depend on what this one left behind.
        await seat.execute({ write: [], commands: seat.state.remove(circuit), read: [] });
      }
      if (failure !== undefined) {
        // A failure that the engine did not announce by itself means that it does not do as it is told.
        if (failure.status === "crashed" || failure.status === "parse_error") seat.distrust();
        return failure;
      }
    }
    return finishReading(request, reading);
  }

  async #load(seat: Seat<LoadedCircuits>, key: string, nodeset: string): Promise<LoadedCircuit | SimulationFailure> {
    const path = `${this.#title}.cir`;
    const circuit: LoadedCircuit = { key, title: this.#title, values: new Map() };
    const text = [this.#title, ...this.#lines, ".options keepopinfo", ...(nodeset === "" ? [] : [nodeset]), ".end", ""].join(
      "\n",
    );
    const answer = await seat.execute({
      write: [{ path, text }],
      commands: [...seat.state.makeRoom(), `source ${path}`],
      read: [],
    });
    const failure = loadFailureInLog(answer.log);
    if (failure !== undefined) {
      seat.distrust();
      return failure;
    }
    seat.state.add(circuit);
    return circuit;
  }

  /**
   * Commands for the values in which a loaded circuit differs from those wanted; notes them as done. When ngspice alters
   * a transistor's size it moves the transistor to the head of its model's list, and currents are then summed in another
   * order; so one new size means that every transistor's width is stated again, in the order of the deck.
   */
  #alter(circuit: LoadedCircuit, values: ReadonlyMap<string, number>): string[] {
    const changed = [...values].filter(([key, number]) => circuit.values.get(key) !== number).map(([key]) => key);
    const resized = changed.some((key) => this.#widthOf.has(key));
    const stated = new Set([...changed, ...(resized ? this.#widthOf.values() : [])]);
    const commands: string[] = [];
    for (const [key, number] of values) {
      if (!stated.has(key)) continue;
      const { element, value } = resolveValueKey(this.#indexed.elements, key, number);
      commands.push(alterCommand(element, value, number));
      circuit.values.set(key, number);
    }
    return commands;
  }
}

function nodesetLines(request: RunRequest, indexed: IndexedDeck): string[] {
  return Object.entries(request.nodeset ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([node, volts]) => {
      checkNode(node, "nodeset", indexed.models);
      if (!indexed.nodes.has(node)) throw deckError("nodeset", `the deck has no node "${node}".`);
      return `.nodeset v(${node})=${spiceNumber(volts, `nodeset of "${node}"`)}`;
    });
}
