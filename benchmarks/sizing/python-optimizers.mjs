/**
 * Two public Python optimizers as sizing optimizers, to set beside the built-in ones on the same simulations: scipy's
 * differential evolution (`scipy-de`) and DEAP's (mu + lambda) genetic algorithm (`deap`). A plugin like any other; each study
 * has a Python process of its own at the other end of two named pipes. A study cannot be saved: a sizing that is resumed asks
 * again from its seed and takes the answers from its journal.
 */
import { spawn, spawnSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { API_VERSION, compareEvaluations, definePlugin, Generation, provide, snapToLevels } from "@topogenie/core";
import { z } from "zod";

const script = join(dirname(fileURLToPath(import.meta.url)), "python-optimizers.py");
export const pythonOptimizers = ["scipy-de", "deap"];
const options = z.strictObject({
  python: z.string().min(1).default("python3").describe("The interpreter that has scipy and deap."),
});

/** The library and its version, or undefined where Python or the library is missing. */
export function pythonLibrary(name, python) {
  const { status, stdout } = spawnSync(python, [script, name, "1", "1", "1", "--check"], { encoding: "utf8" });
  return status === 0 ? stdout.trim() : undefined;
}

class PythonStudy {
  #problem;
  #pipe;
  #generation;
  #best;
  #ended = false;

  constructor(name, python, problem, rng) {
    this.#problem = problem;
    this.#pipe = new Pipe(python, [script, name, problem.dimensions.length, problem.budget, rng.fork("python").integer(2 ** 31)]);
    // What the others are given is given to these as well; Python then begins by its own.
    this.#generation = new Generation(
      problem.initial.map((point) => snapToLevels(point, problem.dimensions)),
      0,
    );
  }

  get best() {
    return this.#best;
  }

  ask(n) {
    return this.#ended ? [] : this.#generation.ask(n);
  }

  tell(evaluations) {
    for (const evaluation of evaluations) {
      const told = this.#generation.tell(evaluation);
      if (this.#best === undefined || compareEvaluations(told, this.#best) < 0) this.#best = told;
    }
    const complete = this.#generation.complete();
    if (complete === undefined || this.#ended) return;
    if (this.#generation.nextId >= this.#problem.budget) {
      this.#ended = true;
      return this.#pipe.close();
    }
    const isOwn = complete[0]?.id !== 0 || this.#problem.initial.length === 0;
    if (isOwn)
      this.#pipe.write({ values: complete.map(({ violation, objectives }) => [finite(violation), finite(objectives[0])]) });
    const { points } = this.#pipe.read();
    this.#generation = new Generation(
      points.map((point) => snapToLevels(Float64Array.from(point), this.#problem.dimensions)),
      this.#generation.nextId,
    );
  }

  state() {
    throw new Error("A study of a Python optimizer cannot be saved.");
  }
}

/** Lines of JSON to and from a process, synchronously: a study's answers are values, not promises. */
class Pipe {
  #folder = mkdtempSync(join(tmpdir(), "python-optimizer-"));
  #to;
  #from;
  #rest = "";

  #child;

  constructor(python, args) {
    const [to, from] = ["to", "from"].map((name) => join(this.#folder, name));
    if (spawnSync("mkfifo", [to, from]).status !== 0) throw new Error("Named pipes cannot be made here.");
    // Opened for both directions, so that opening waits for nobody.
    const held = [openSync(to, "r+"), openSync(from, "r+")];
    const ends = [openSync(to, "r"), openSync(from, "w")];
    this.#child = spawn(python, args.map(String), { stdio: [...ends, "ignore"] });
    this.#child.unref();
    this.#to = openSync(to, "w");
    this.#from = openSync(from, "r");
    // Only Python holds the other ends now: when it dies, reading ends instead of waiting.
    for (const end of [...held, ...ends]) closeSync(end);
    rmSync(this.#folder, { recursive: true });
  }

  close() {
    this.#child.kill();
    for (const end of [this.#to, this.#from]) closeSync(end);
  }

  write(value) {
    writeSync(this.#to, `${JSON.stringify(value)}\n`);
  }

  read() {
    const bytes = Buffer.alloc(65536);
    while (!this.#rest.includes("\n")) {
      const count = readSync(this.#from, bytes);
      if (count === 0) throw new Error(`Python ended: try ${script} by hand.`);
      this.#rest += bytes.toString("utf8", 0, count);
    }
    const end = this.#rest.indexOf("\n");
    const line = this.#rest.slice(0, end);
    this.#rest = this.#rest.slice(end + 1);
    return JSON.parse(line);
  }
}

function finite(value = Infinity) {
  return Number.isFinite(value) ? value : null;
}

export default definePlugin({
  apiVersion: API_VERSION,
  name: "topogenie-python-optimizers",
  version: "0.1.0",
  provides: pythonOptimizers.map((name) =>
    provide({
      kind: "sizing-optimizer",
      name,
      description:
        name === "deap" ? "DEAP's (mu + lambda) genetic algorithm, in Python." : "scipy's differential evolution, in Python.",
      options,
      create: ({ python }) => ({
        name,
        capabilities: () => ({ multiObjective: false, learns: true, evaluations: "thousands" }),
        start: (problem, rng) => new PythonStudy(name, python, problem, rng),
      }),
    }),
  ),
});
