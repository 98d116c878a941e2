import { setTimeout as delay } from "node:timers/promises";
import type { CircuitFamily } from "../../src/contracts/circuit-family.js";
import type { Deck } from "../../src/contracts/deck.js";
import type { RunRequest, SimulationResult, Simulator } from "../../src/contracts/simulator.js";
import { createRng } from "../../src/runtime/rng.js";

export interface FormulaSimulatorOptions {
  /** Runs at once; the others wait. */
  readonly workers?: number;
  /** Called before each run that is really made. */
  onRun?(request: RunRequest, deck: Deck): void;
  /** How far a nodeset moves the answer, as a wrong solution of a bistable circuit would. */
  readonly nodesetEffect?: number;
}

/** Stands in for a circuit simulator in tests of the loop: the square law of a five-transistor OTA, answered at random times. */
export class FormulaSimulator implements Simulator {
  readonly #options: FormulaSimulatorOptions;
  readonly #times = createRng("times");
  #running = 0;
  runs = 0;
  mostAtOnce = 0;
  openSessions = 0;

  constructor(options: FormulaSimulatorOptions = {}) {
    this.#options = options;
  }

  capabilities() {
    return {
      engine: "formula",
      version: "1",
      analyses: ["op" as const],
      elements: ["resistor" as const, "voltage" as const, "mosfet" as const],
      workers: this.#options.workers ?? 1,
      notes: [],
    };
  }

  async open(deck: Deck) {
    await Promise.resolve();
    this.openSessions++;
    return {
      run: (request: RunRequest) => this.#run(deck, request),
      close: async () => {
        await Promise.resolve();
        this.openSessions--;
      },
    };
  }

  async dispose(): Promise<void> {
    await Promise.resolve();
  }

  async #run(deck: Deck, request: RunRequest): Promise<SimulationResult> {
    while (this.#running >= (this.#options.workers ?? 1)) await delay(0);
    request.signal?.throwIfAborted();
    this.#running++;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#running);
    this.runs++;
    try {
      this.#options.onRun?.(request, deck);
      await delay(Math.floor(this.#times.uniform() * 3));
      request.signal?.throwIfAborted();
      return answer(request, this.#options.nodesetEffect ?? 0);
    } finally {
      this.#running--;
    }
  }
}

function answer({ set = {}, nodeset }: RunRequest, nodesetEffect: number): SimulationResult {
  const value = (key: string): number => {
    const found = set[key];
    if (found === undefined) throw new Error(`the loop did not set ${key}`);
    return found;
  };
  const shape = (device: string): number => value(`d_${device}.w`) / value(`d_${device}.l`);
  const overdrive = value("vb1.dc") - 0.45;
  if (overdrive > 0.7) return { status: "no_convergence", message: "too much bias" };
  const current = overdrive <= 0 ? 1e-12 : 1e-4 * shape("m5") * overdrive ** 2;
  const gm = Math.sqrt(2e-4 * shape("m1") * current);
  const gain = (gm * value("d_m1.l")) / (0.1e-6 * current) + nodesetEffect * (nodeset?.n_vout1 ?? 0);
  const matched = value("d_m1.w") === value("d_m2.w") && value("d_m3.l") === value("d_m4.l");
  if (!matched) throw new Error("matched devices were given different sizes");
  return {
    status: "ok",
    convergence: "direct",
    analyses: [{ kind: "op", op: { nodes: { n_vout1: overdrive, gain, gm, current }, branches: {}, devices: {} } }],
  };
}

/** Measures what the formulas give, with a bias voltage to choose. */
export const formulaFamily: CircuitFamily = {
  name: "formula-opamp",
  title: "Op-amps by formula",
  conditions: "none",
  ports: [],
  rules: [],
  seeds: () => [],
  testbenches: (dut) => [
    {
      name: "open-loop",
      deck: {
        title: "bench",
        models: dut.models,
        elements: [...dut.elements, { kind: "voltage", name: "vb1", nodes: [dut.node("VB1"), "0"], values: { dc: 0.6 } }],
      },
      variables: [
        { name: "VB1", title: "Bias", unit: "V", minimum: 0.3, maximum: 1.8, scale: "linear", default: 0.6, sets: ["vb1.dc"] },
      ],
      analyses: [{ kind: "op" }],
      save: [],
      timeoutMs: 1000,
      plots: () => [],
    },
  ],
  measurements: [
    { name: "gain", title: "Gain", unit: "V/V", better: "higher", method: "formula" },
    { name: "bandwidth", title: "Bandwidth", unit: "Hz", better: "higher", method: "formula" },
    { name: "power", title: "Power", unit: "W", better: "lower", method: "formula" },
  ],
  measure: (results) => {
    const [first] = results["open-loop"]?.analyses ?? [];
    if (first?.kind !== "op") return {};
    const { gain = NaN, gm = NaN, current = NaN } = first.op.nodes;
    return { gain, bandwidth: gm / (2 * Math.PI * 1e-12), power: 1.8 * current };
  },
  figureOfMerit: {
    name: "FoM",
    formula: "bandwidth / power",
    unit: "Hz/W",
    source: "none",
    better: "higher",
    evaluate: ({ bandwidth = NaN, power = NaN }) => bandwidth / power,
  },
  minimumFunction: {
    description: "amplifies",
    constraints: [
      { measurement: "gain", atLeast: 10 },
      { measurement: "bandwidth", atLeast: 1e6 },
    ],
  },
  specification: {
    description: "asked for",
    constraints: [
      { measurement: "gain", atLeast: 100 },
      { measurement: "bandwidth", atLeast: 5e7 },
    ],
  },
};
