import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Circuit } from "../../src/circuit/circuit.js";
import type { Deck } from "../../src/contracts/deck.js";
import type { OptimizationProblem } from "../../src/contracts/sizing-optimizer.js";
import type { SimulationResult } from "../../src/contracts/simulator.js";
import { createRng } from "../../src/runtime/rng.js";
import { sizeCircuit, type SizeCircuitRequest } from "../../src/sizing/size-circuit.js";
import { fiveTransistorOta } from "./amplifiers.js";
import { formulaFamily, FormulaSimulator } from "./formula-simulator.js";
import { randomSearch } from "./random-search.js";
import { sizedDeviceTypes } from "./sized-device-types.js";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sizing-"));
});
afterAll(() => rm(folder, { recursive: true }));

function size(simulator: FormulaSimulator, changes: Partial<SizeCircuitRequest> = {}) {
  return sizeCircuit({
    circuit: fiveTransistorOta,
    family: formulaFamily,
    deviceTypes: sizedDeviceTypes,
    simulator,
    optimizer: randomSearch,
    rng: createRng(1),
    budget: { simulations: 60 },
    batch: 8,
    ...changes,
  });
}

/** Answers every run with this failure. */
class Failing extends FormulaSimulator {
  readonly #failure: SimulationResult;

  constructor(failure: SimulationResult) {
    super();
    this.#failure = failure;
  }

  override async open(deck: Deck) {
    const session = await super.open(deck);
    const run = (): Promise<SimulationResult> => {
      this.runs++;
      return Promise.resolve(this.#failure);
    };
    return { ...session, run };
  }
}

describe("sizing a circuit", () => {
  it("spends its budget exactly, tells what it found and writes it into the decks", async () => {
    const simulator = new FormulaSimulator({ workers: 3 });
    const result = await size(simulator);
    expect(result.simulations).toBe(60);
    expect(simulator.runs).toBe(60 + result.confirmations);
    expect(simulator.mostAtOnce).toBe(3);
    expect(simulator.openSessions).toBe(0);
    expect(result.functional).toBe(true);
    expect(result.failedSimulations).toBeGreaterThan(0);
    expect(result.failures).toEqual({ "open-loop: no_convergence: too much bias": result.failedSimulations });
    const merits = result.progress.flatMap(({ figureOfMerit }) => figureOfMerit ?? []);
    expect(merits.length).toBeGreaterThan(1);
    expect(result.progress.at(-1)?.figureOfMerit).toBe(result.figureOfMerit);
    const elements = result.decks["open-loop"]?.elements ?? [];
    expect(elements.find(({ name }) => name === "d_m1")?.values).toEqual(result.sizing.values.M1);
    expect(elements.find(({ name }) => name === "d_m2")?.values).toEqual(result.sizing.values.M1);
    expect(elements.find(({ name }) => name === "vb1")?.values).toEqual({ dc: result.sizing.bias.VB1 });
    expect(result.results["open-loop"]?.status).toBe("ok");
  });

  it("says what came of the points that it began with, and asks a policy for more", async () => {
    const asked: number[][] = [];
    const policy = {
      identity: "one",
      propose: (problem: OptimizationProblem) => {
        expect(problem.family).toBe(formulaFamily.name);
        expect(problem.dimensions.every(({ meaning }) => meaning !== undefined)).toBe(true);
        return Promise.resolve([new Float64Array(problem.dimensions.length).fill(0.125)]);
      },
      learn: () => Promise.reject(new Error("nobody trains here")),
      save: () => Promise.resolve(),
    };
    const optimizer = {
      ...randomSearch,
      policy,
      start: (...[problem, rng, state]: Parameters<typeof randomSearch.start>) => {
        asked.push(...problem.initial.map((x) => [...x]));
        return randomSearch.start(problem, rng, state);
      },
    };
    const result = await size(new FormulaSimulator({ workers: 1 }), { optimizer, initial: [{ bias: { VB1: 0.61 } }] });
    expect(asked).toHaveLength(3);
    expect(asked[2]?.every((coordinate) => coordinate === 0.125)).toBe(true);
    expect(result.starts).toHaveLength(2);
    const first = result.progress.find(({ simulations }) => simulations === 1);
    expect(result.starts[0]).toEqual({ functional: first?.functional ?? false, onSpec: first?.onSpec ?? false });
    const short = await size(new FormulaSimulator({ workers: 1 }), {
      initial: [{ bias: { VB1: 0.61 } }],
      budget: { simulations: 1 },
    });
    expect(short.starts[1]).toEqual({ functional: false, onSpec: false });
  });

  it("gives the same result on any number of workers", async () => {
    const one = await size(new FormulaSimulator({ workers: 1, nodesetEffect: 1 }));
    const many = await size(new FormulaSimulator({ workers: 5, nodesetEffect: 1 }));
    expect(many).toEqual(one);
  });

  it("stops after a generation of which the simulator could read nothing, and says why in its words", async () => {
    const simulator = new Failing({ status: "parse_error", message: "unrecognized parameter (ww)" });
    await expect(size(simulator)).rejects.toMatchObject({
      code: "SIZING_DECK_UNREADABLE",
      message: expect.stringMatching(
        /None of 8 simulations .*Bench open-loop: parse_error: unrecognized parameter \(ww\)/,
      ) as string,
    });
    expect(simulator).toMatchObject({ runs: 8, openSessions: 0 });
  });

  it("begins with the default sizing", async () => {
    const first: (Readonly<Record<string, number>> | undefined)[] = [];
    await size(new FormulaSimulator({ onRun: ({ set }) => first.push(set) }), { budget: { simulations: 1 } });
    expect(first[0]).toMatchObject({ "d_m1.w": 5e-6, "d_m5.l": 0.5e-6, "vb1.dc": 0.6 });
  });

  it("starts every candidate of a generation from the operating point of the best before it, and the last look cold", async () => {
    const nodesets: (Readonly<Record<string, number>> | undefined)[] = [];
    const simulator = new FormulaSimulator({ workers: 1, onRun: ({ nodeset }) => nodesets.push(nodeset) });
    const { confirmations } = await size(simulator, { budget: { simulations: 32 } });
    const generations = [0, 8, 16, 24].map((from) => nodesets.slice(from, from + 8));
    expect(generations[0]?.every((nodeset) => nodeset === undefined)).toBe(true);
    for (const generation of generations.slice(1)) {
      expect(generation[0]).toBeDefined();
      for (const nodeset of generation) expect(nodeset).toEqual(generation[0]);
    }
    expect(confirmations).toBeGreaterThan(0);
    expect(nodesets.slice(32).every((nodeset) => nodeset === undefined)).toBe(true);
    nodesets.length = 0;
    await size(simulator, { warmStart: false });
    expect(nodesets.every((nodeset) => nodeset === undefined)).toBe(true);
  });

  it("reports nothing that only a warm start gave", async () => {
    // Warm-started runs claim a gain that a cold start does not show.
    const simulator = new FormulaSimulator({ workers: 2, nodesetEffect: 1e6 });
    const result = await size(simulator, {
      family: {
        ...formulaFamily,
        specification: { description: "out of reach", constraints: [{ measurement: "gain", atLeast: 1e4 }] },
      },
    });
    expect(result.confirmations).toBeGreaterThan(1);
    expect(result.onSpec).toBe(false);
    expect(result.measured.gain).toBeLessThan(1e4);
  });

  describe("with several objectives", () => {
    const objectives = ["bandwidth", "power"];
    const family = {
      ...formulaFamily,
      specification: { description: "nothing more", constraints: formulaFamily.minimumFunction.constraints },
    };

    it("reports the front of those on spec, each measured from a cold start", async () => {
      const simulator = new FormulaSimulator({ workers: 2 });
      const result = await size(simulator, { family, objectives, budget: { simulations: 200 } });
      const front = result.front ?? [];
      expect(front.length).toBeGreaterThan(1);
      expect(simulator.runs).toBe(200 + result.confirmations);
      expect(result.confirmations).toBeGreaterThanOrEqual(front.length);
      const betterIn = (name: string, one: (typeof front)[number], other: (typeof front)[number]): boolean => {
        const higher = family.measurements.find((measurement) => measurement.name === name)?.better === "higher";
        const [a = NaN, b = NaN] = [one.measured[name], other.measured[name]];
        return higher ? a > b : a < b;
      };
      for (const one of front) {
        for (const other of front) {
          if (one !== other) expect(objectives.map((name) => betterIn(name, one, other))).toContain(true);
        }
      }
      expect(front[0]?.measured).toEqual(result.measured);
    });

    it("has no front where only a warm start met the specification", async () => {
      const strict = {
        ...family,
        specification: { description: "out of reach", constraints: [{ measurement: "gain", atLeast: 1e4 }] },
      };
      const simulator = new FormulaSimulator({ workers: 2, nodesetEffect: 1e6 });
      expect((await size(simulator, { family: strict, objectives })).front).toEqual([]);
    });

    it("refuses an optimizer that takes only one", async () => {
      const single: typeof randomSearch = {
        ...randomSearch,
        capabilities: () => ({ multiObjective: false, learns: false, evaluations: "thousands" }),
      };
      await expect(size(new FormulaSimulator(), { objectives, optimizer: single })).rejects.toThrow(
        expect.objectContaining({ code: "OPTIMIZER_SINGLE_OBJECTIVE" }),
      );
      expect((await size(new FormulaSimulator(), { optimizer: single })).front).toBeUndefined();
    });
  });

  it("ends early when the goal is met and confirmed", async () => {
    const result = await size(new FormulaSimulator({ workers: 2 }), { until: "functional", budget: { simulations: 1000 } });
    expect(result.functional).toBe(true);
    expect(result.simulations).toBeLessThan(1000);
    expect(result.simulations % 8).toBe(0);
  });

  it("ends with the generation in which its seconds are over, and confirms what it found", async () => {
    const budget = { simulations: 100_000, seconds: 0.05 };
    const result = await size(new FormulaSimulator({ workers: 1 }), { budget });
    expect(result.simulations).toBeGreaterThan(0);
    expect(result.simulations).toBeLessThan(budget.simulations);
    expect(result.confirmations).toBeGreaterThan(0);
  });

  it("says so when every simulation fails", async () => {
    const bench = formulaFamily.testbenches.bind(formulaFamily);
    const family = {
      ...formulaFamily,
      testbenches: (dut: Parameters<typeof bench>[0]) =>
        bench(dut).map((each) => ({
          ...each,
          variables: each.variables.map((bias) => ({ ...bias, minimum: 1.5, default: 1.6 })),
        })),
    };
    const result = await size(new FormulaSimulator(), { family, budget: { simulations: 12 } });
    expect(result).toMatchObject({
      functional: false,
      onSpec: false,
      violation: Infinity,
      failedSimulations: 12,
      measured: {},
      results: {},
    });
  });

  it("gives a circuit up of which 16 simulations had to be ended by force, and says what came of them", async () => {
    const result = await size(new Failing({ status: "timeout", message: "no result within 10000 ms" }));
    expect(result).toMatchObject({
      functional: false,
      simulations: 16,
      failures: { "open-loop: timeout: no result within 10000 ms": 16 },
    });
  });

  it("simulates once what is drawn alike, and stops when a small space is known", async () => {
    const coarse = new Map(
      [...sizedDeviceTypes].map(([name, type]) => [
        name,
        { ...type, parameters: type.parameters.map((parameter) => ({ ...parameter, maximum: parameter.minimum })) },
      ]),
    );
    const bench = formulaFamily.testbenches.bind(formulaFamily);
    const family = {
      ...formulaFamily,
      testbenches: (dut: Parameters<typeof bench>[0]) =>
        bench(dut).map((each) => ({
          ...each,
          variables: each.variables.map((bias) => ({ ...bias, minimum: 0.6, maximum: 0.600002 })),
        })),
    };
    const circuit = new Circuit({
      ...fiveTransistorOta.toJSON(),
      devices: fiveTransistorOta.devices.map((device) => ({ ...device, values: { w: 5e-6, l: 0.5e-6 } })),
    });
    const simulator = new FormulaSimulator();
    const result = await size(simulator, { circuit, family, deviceTypes: coarse, budget: { simulations: 50 } });
    expect(result.simulations).toBe(3);
  });

  it("refuses a circuit that has nothing to choose", async () => {
    const circuit = new Circuit({ name: "wires", ports: ["VDD", "VSS", "VB1"], devices: [] });
    const family = { ...formulaFamily, testbenches: () => [] };
    await expect(size(new FormulaSimulator(), { circuit, family })).rejects.toThrow(
      expect.objectContaining({ code: "SIZING_NOTHING_TO_CHOOSE" }),
    );
  });
});

describe("a sizing that was killed", () => {
  it("goes on from its journal to the same result, wherever it was stopped", async () => {
    const expected = await size(new FormulaSimulator({ workers: 2, nodesetEffect: 1 }));
    for (const stop of [1, 7, 8, 23, 59, 60]) {
      const journalFile = join(folder, `killed-${stop}.jsonl`);
      const controller = new AbortController();
      let runs = 0;
      const dying = new FormulaSimulator({
        workers: 2,
        nodesetEffect: 1,
        onRun: () => {
          if (++runs > stop) controller.abort(new Error("killed"));
        },
      });
      await expect(size(dying, { journalFile, signal: controller.signal })).rejects.toThrow("killed");
      expect(dying.openSessions).toBe(0);
      // What a kill in the middle of a write leaves behind.
      await writeFile(journalFile, `${await readFile(journalFile, "utf8")}{"kind":"evaluation","id":5`);
      const simulator = new FormulaSimulator({ workers: 2, nodesetEffect: 1 });
      expect(await size(simulator, { journalFile }), `stopped after ${stop}`).toEqual(expected);
      expect(simulator.runs).toBeLessThanOrEqual(60 + expected.confirmations - Math.max(0, stop - 2));
      const again = new FormulaSimulator({ nodesetEffect: 1 });
      expect(await size(again, { journalFile })).toEqual(expected);
      expect(again.runs).toBe(expected.confirmations);
    }
  });

  it("does not take another sizing's journal", async () => {
    const journalFile = join(folder, "other.jsonl");
    await size(new FormulaSimulator(), { journalFile, budget: { simulations: 8 } });
    for (const changes of [
      { rng: createRng(2) },
      { budget: { simulations: 16 } },
      { circuit: fiveTransistorOta.renamed("another") },
    ]) {
      await expect(size(new FormulaSimulator(), { journalFile, budget: { simulations: 8 }, ...changes })).rejects.toThrow(
        expect.objectContaining({ code: "SIZING_JOURNAL_MISMATCH" }),
      );
    }
  });

  it("notices an optimizer that asks for something else than it did", async () => {
    const journalFile = join(folder, "changed.jsonl");
    await size(new FormulaSimulator(), { journalFile, budget: { simulations: 8 } });
    const changed: typeof randomSearch = {
      ...randomSearch,
      start: (problem, rng, state) => randomSearch.start(problem, rng.fork("changed"), state),
    };
    await expect(size(new FormulaSimulator(), { journalFile, budget: { simulations: 8 }, optimizer: changed })).rejects.toThrow(
      expect.objectContaining({ code: "SIZING_JOURNAL_MISMATCH" }),
    );
  });
});
