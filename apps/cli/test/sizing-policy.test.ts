import { cp, readdir, readFile, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { createRng, type Evaluation, type ModelBackend, type OptimizationProblem } from "@topogenie/core";
import { createOnnxBackend } from "@topogenie/model";
import { CircuitPolicy, rlOptions } from "@topogenie/sizing-rl";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { emptyFolder, run } from "./command.js";

const QUANTITIES = ["nmos4.w", "nmos4.l", "pmos4.w", "capacitor.c"];
const PLACES = ["G:VIN", "G:VB", "D:VOUT"];

/** Where the best value of a size lies depends on what it is and on where its device stands, and on nothing else. */
function bestValue(quantity: string, place: string): number {
  return (1 + QUANTITIES.indexOf(quantity) * PLACES.length + PLACES.indexOf(place)) / (QUANTITIES.length * PLACES.length + 1);
}

/** A circuit of random sizes at random places, and how far a sizing is off its best. */
function circuit(seed: string): { problem: OptimizationProblem; readonly off: (x: Float64Array) => number } {
  const rng = createRng(seed);
  const meanings = Array.from({ length: 6 }, () => ({
    quantity: QUANTITIES[rng.integer(QUANTITIES.length)] ?? "",
    devices: 1,
    place: [PLACES[rng.integer(PLACES.length)] ?? ""],
  }));
  const best = meanings.map(({ quantity, place }) => bestValue(quantity, place[0] ?? ""));
  return {
    problem: {
      family: "made up",
      dimensions: meanings.map((meaning, index) => ({ name: `x${index}`, meaning })),
      objectives: ["off"],
      budget: 100,
      initial: [new Float64Array(6).fill(0.5)],
    },
    off: (x) => x.reduce((sum, value, index) => sum + Math.abs(value - (best[index] ?? 0)), 0) / x.length,
  };
}

function studied(seed: string) {
  const { problem, off } = circuit(seed);
  const rng = createRng(`${seed} sizings`);
  const evaluations = Array.from({ length: 400 }, (_, id): Evaluation => {
    const x = Float64Array.from(problem.dimensions, () => rng.uniform());
    return id % 9 === 0 ? { id, x, objectives: [Infinity], violation: Infinity } : { id, x, objectives: [off(x)], violation: 0 };
  });
  return { problem, evaluations };
}

describe("a sizing policy", () => {
  let backend: ModelBackend;
  let folder = "";
  beforeAll(async () => {
    backend = await createOnnxBackend();
    folder = await emptyFolder({});
  });
  afterAll(() => backend.dispose());

  it("begins a circuit that it never met nearer to its best than chance does, and does so again when it is loaded", async () => {
    const options = rlOptions.parse({ layers: 1, width: 24, context: 64, steps: 100, rows: 4, learningRate: 0.01, proposals: 8 });
    const use = () => Promise.resolve(backend);
    const policy = CircuitPolicy.untrained(options, use);
    const { problem, off } = circuit("never met");
    expect(await policy.propose(problem, createRng(1))).toEqual([]);
    const { loss } = await policy.learn(
      Array.from({ length: 16 }, (_, index) => studied(`met ${index}`)),
      createRng(1),
    );
    expect(loss).toBeLessThan(Math.log(32));
    const proposals = await policy.propose(problem, createRng(1));
    expect(proposals).toHaveLength(8);
    const mean = proposals.reduce((sum, x) => sum + off(x), 0) / proposals.length;
    const rng = createRng("chance");
    const chance = Array.from({ length: 200 }, () => off(Float64Array.from(problem.dimensions, () => rng.uniform())));
    expect(mean).toBeLessThan(0.6 * (chance.reduce((sum, value) => sum + value, 0) / chance.length));

    await policy.save(join(folder, "policy"));
    const loaded = await CircuitPolicy.load(join(folder, "policy"), options, use);
    expect(loaded.identity).toBe(policy.identity);
    expect(await loaded.propose(problem, createRng(1))).toEqual(proposals);
  });

  it("is refused, with the folder's name, where there is none", async () => {
    await expect(
      CircuitPolicy.load(join(folder, "nothing"), rlOptions.parse({}), () => Promise.resolve(backend)),
    ).rejects.toThrow(
      expect.objectContaining({ code: "SIZING_POLICY_MISSING", message: expect.stringContaining("train-sizing") as string }),
    );
  });
});

const config = `
tag: tiny
family: opamp
maximumDevices: 7
circuits: 2
heldOut: 1
rounds: 2
simulations: 12
batch: 4
options: { layers: 1, width: 16, steps: 4, rows: 1, context: 160, proposals: 3 }
`;

describe("train-sizing", () => {
  it("trains a policy that a sizing begins with, and goes on after it was stopped as if it had not been", async () => {
    const folder = await emptyFolder({ "train.yaml": config });
    const { code, stdout, stderr } = await run(folder, "train-sizing", "train.yaml");
    expect(stderr).toContain("2 rounds");
    // A network that is left open, or anything else that the plugin's guard finds fault with.
    expect(stderr).not.toMatch(/^warning:/m);
    expect(code).toBe(0);
    expect(stdout).toMatch(/held out, with policy/);
    const training = join(folder, "runs/tiny/training.json");
    const before = JSON.parse(await readFile(training, "utf8")) as { policy: string; rounds: unknown; heldOut: unknown };

    expect((await run(folder, "train-sizing", "train.yaml")).stderr).toContain("RUN_EXISTS");
    await rm(join(folder, "runs/tiny/rounds/2"), { recursive: true });
    await rm(training);
    expect((await run(folder, "train-sizing", "train.yaml", "--resume")).code).toBe(0);
    expect(JSON.parse(await readFile(training, "utf8"))).toEqual(before);

    const compare = [
      "compare",
      join(import.meta.dirname, "../../../examples/compare/compare.yaml"),
      ...["--set=simulations=12", "--set=repeats=1", "--set=batch=4", "--set=baseline=rl"],
      `--set=optimizers={"rl":{"optimizer":"rl","simulations":8,"options":{"policy":${JSON.stringify(before.policy)},"proposals":2}}}`,
    ];
    const compared = await run(folder, ...compare);
    expect(compared.stderr).toContain("2 sizings");
    expect(compared.stderr).not.toMatch(/^warning:/m);
    const { problems } = JSON.parse(await readFile(join(folder, "runs/compare/comparison.json"), "utf8")) as {
      problems: { optimizers: { budget: number; simulationsToSpec: { upper: unknown } }[] }[];
    };
    expect(problems[0]?.optimizers[0]?.budget).toBe(8);
    // What is never reached is written as a word that reads back as the number that it is.
    expect(Number(problems[0]?.optimizers[0]?.simulationsToSpec.upper)).not.toBeNaN();

    // A folder that holds another policy by now is another optimizer: nothing that was done with the first is taken for its.
    const journals = async () =>
      (await readdir(join(folder, "runs/compare/trials/two-stage-miller/rl"))).filter((name) => name.endsWith(".jsonl"));
    await run(folder, ...compare, "--resume");
    expect(await journals()).toHaveLength(1);
    await cp(join(folder, "runs/tiny/rounds/1/policy"), resolve(folder, before.policy), { recursive: true });
    await run(folder, ...compare, "--resume");
    expect(await journals()).toHaveLength(2);
  }, 120_000);

  it.each([
    ["--set=optimizer=ga --set=options={}", /optimizer: "ga" does not learn from one circuit for the next/],
    ["--set=circuits=100000", /circuits and heldOut ask for 100001 topologies, and opamp has \d+ that qualify/],
    ["--set=options.policy=nowhere", /SIZING_POLICY_MISSING.*nowhere/],
  ])("refuses %s", async (wrong, message) => {
    const folder = await emptyFolder({ "train.yaml": config });
    const { code, stderr } = await run(folder, "train-sizing", "train.yaml", ...wrong.split(" "));
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});
