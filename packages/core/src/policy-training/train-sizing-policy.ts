import { createHash } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Circuit } from "../circuit/circuit.js";
import { qualityOf, simulationsUntil } from "../comparison/trial.js";
import type { CircuitFamily } from "../contracts/circuit-family.js";
import type { DeviceType } from "../contracts/device-type.js";
import type { PluginKind } from "../contracts/plugin.js";
import type { Simulator } from "../contracts/simulator.js";
import type { SizingOptimizer } from "../contracts/sizing-optimizer.js";
import { readJsonIfThere } from "../pipeline/read-json.js";
import { workInRun, type WorkOptions } from "../pipeline/work-in-run.js";
import type { PluginHost } from "../plugins/plugin-host.js";
import { writeJson } from "../runtime/atomic-file.js";
import { TopogenieError } from "../runtime/error.js";
import { JointProgress } from "../runtime/joint-progress.js";
import { mapConcurrently, type Concurrency } from "../runtime/map-concurrently.js";
import type { ProgressListener } from "../runtime/progress.js";
import { createRng } from "../runtime/rng.js";
import { sizeCircuit, type SizingResult } from "../sizing/size-circuit.js";
import { sizingsAtOnce } from "../sizing/sizings-at-once.js";
import { chooseCircuits, type ChosenCircuits } from "./choose-circuits.js";
import type { PolicyTrainingConfig } from "./policy-training-config.js";
import { recordedOptimizer } from "./recorded-optimizer.js";

export interface PolicyTrainingOptions extends WorkOptions<PolicyTrainingConfig> {
  readonly onProgress: ProgressListener;
}

/** One sizing of a circuit, in short. */
export interface SizedInShort {
  readonly circuit: string;
  readonly functional: boolean;
  readonly onSpec: boolean;
  /** Absent where it was never so. */
  readonly simulationsToFunctional?: number;
  readonly simulationsToSpec?: number;
  /** Of the best sizing; absent where none could be simulated. */
  readonly violation?: number;
  readonly figureOfMerit?: number;
}

/** A circuit that the policy never met. */
export interface HeldOutCircuit {
  readonly without: SizedInShort;
  readonly with: SizedInShort;
  /** Simulations that the policy's sizing needs for what the other ends with; absent where its budget does not suffice. */
  readonly simulationsToSame?: number;
}

export interface TrainingRound {
  readonly round: number;
  /** Of the policy after it, nats a value. */
  readonly loss: number;
  readonly circuits: readonly SizedInShort[];
}

export interface PolicyTraining {
  /** Folder of the trained policy. */
  readonly policy: string;
  readonly rounds: readonly TrainingRound[];
  /** Circuits that the policy never met, sized without and with it. */
  readonly heldOut: readonly HeldOutCircuit[];
}

/**
 * Trains a sizing policy across circuits of a family: in each round every circuit is sized by the optimizer, which begins with
 * what it has learned so far, and then the policy learns from all that was simulated. Each round's policy is kept, each
 * simulation journaled, so that a training that was stopped goes on where it was. In the end circuits that were never met are
 * sized with and without the policy.
 * Throws `OPTIMIZER_WITHOUT_POLICY`, `POLICY_CIRCUITS_FEW`, `RUN_EXISTS` for a used directory without `resume`.
 */
export async function trainSizingPolicy(options: PolicyTrainingOptions): Promise<PolicyTraining> {
  const { loaded, runPath, versions } = options;
  const { config } = loaded;
  const isBegun = async (path: string): Promise<boolean> =>
    (await readJsonIfThere(join(path, "rounds", "1", "round.json"))) !== undefined;
  return workInRun(options, { what: "a training", isBegun }, async ({ run, host, plugins }) => {
    host.check("simulator", config.simulator.engine, config.simulator.options, "simulator.engine");
    host.check("sizing-optimizer", config.optimizer, config.options, "optimizer");
    const family = await host.create("circuit-family", config.family, config.familyOptions, "family");
    await writeJson(run.resolvedFile, { config, configFile: loaded.file, versions, plugins });
    const contents = await host.contentsOf([
      { kind: "simulator", name: config.simulator.engine, options: config.simulator.options, key: "simulator.engine" },
      { kind: "circuit-family", name: family.name, options: config.familyOptions, key: "family" },
      { kind: "sizing-optimizer", name: config.optimizer, options: config.options, key: "optimizer" },
    ]);
    const trained = await new Training(options, host, family, chooseCircuits(config, family), contents).run();
    await writeJson(join(runPath, "training.json"), trained);
    return trained;
  });
}

interface StoredRound extends TrainingRound {
  /** Of everything that the round depends on. */
  readonly key: string;
}

class Training {
  readonly #options: PolicyTrainingOptions;
  readonly #config: PolicyTrainingConfig;
  readonly #host: PluginHost;
  readonly #family: CircuitFamily;
  readonly #circuits: ChosenCircuits;
  readonly #key: string;
  readonly #progress: JointProgress;

  /** @param contents of what the plugins' options name */
  constructor(
    options: PolicyTrainingOptions,
    host: PluginHost,
    family: CircuitFamily,
    circuits: ChosenCircuits,
    contents: Readonly<Record<string, string>>,
  ) {
    this.#options = options;
    this.#config = options.loaded.config;
    this.#host = host;
    this.#family = family;
    this.#circuits = circuits;
    const total = this.#config.simulations * (circuits.training.length * this.#config.rounds + 2 * circuits.heldOut.length);
    this.#progress = new JointProgress({ total, unit: "simulations" }, options.onProgress);
    const { seed, simulator, optimizer, options: own, familyOptions, simulations, batch } = this.#config;
    const { training } = circuits;
    const { registry } = host;
    const version = (kind: PluginKind, name: string): string => {
      const { plugin } = registry.find(kind, name, kind);
      return `${plugin.name}@${plugin.version}`;
    };
    // Only of the plugins that have a part in it: a further one is no reason to do everything again.
    const plugins = [
      version("simulator", simulator.engine),
      version("sizing-optimizer", optimizer),
      version("circuit-family", family.name),
      ...registry.names("device-type").map((name) => version("device-type", name)),
    ];
    const chosen = { simulator, optimizer, own, family: family.name, familyOptions, contents };
    const about = { ...chosen, seed, training, simulations, batch, plugins };
    this.#key = createHash("sha256").update(JSON.stringify(about)).digest("hex");
  }

  async run(): Promise<PolicyTraining> {
    const { simulator: engine, rounds: count } = this.#config;
    const simulator = await this.#host.create("simulator", engine.engine, engine.options, "simulator.engine");
    const deviceTypes = await this.#host.deviceTypes();
    const rounds: TrainingRound[] = [];
    let policy: string | undefined;
    for (let round = 1; round <= count; round++) {
      const { loss, circuits } = await this.#round(round, policy, simulator, deviceTypes);
      rounds.push({ round, loss, circuits });
      policy = this.#folder(round, "policy");
    }
    const trained = policy ?? "";
    const without = withoutPolicy(await this.#optimizer(undefined));
    const learned = await this.#optimizer(trained);
    const heldOut = await mapConcurrently(this.#circuits.heldOut, this.#concurrency(simulator), async (circuit, signal) => {
      const size = (optimizer: SizingOptimizer, label: string) =>
        this.#size(circuit, optimizer, join("held-out", label), simulator, deviceTypes, signal);
      const results = { without: await size(without, "without"), with: await size(learned, `with-${count}`) };
      const { better } = this.#family.figureOfMerit;
      const goal = results.without.progress.at(-1);
      const same = goal === undefined ? 0 : simulationsUntil(results.with, qualityOf(goal, better), better);
      return {
        without: inShort(circuit, results.without),
        with: inShort(circuit, results.with),
        ...(Number.isFinite(same) ? { simulationsToSame: same } : {}),
      };
    });
    return { policy: trained, rounds, heldOut };
  }

  async #round(
    round: number,
    policy: string | undefined,
    simulator: Simulator,
    deviceTypes: ReadonlyMap<string, DeviceType>,
  ): Promise<StoredRound> {
    const file = this.#folder(round, "round.json");
    const stored = await readJsonIfThere<StoredRound>(file);
    if (stored?.key === this.#key) {
      this.#progress.begin(this.#circuits.training.length * this.#config.simulations, `round ${round}`).end();
      return stored;
    }
    const optimizer = await this.#optimizer(policy);
    if (optimizer.policy === undefined) {
      throw new TopogenieError(
        "OPTIMIZER_WITHOUT_POLICY",
        `optimizer: "${optimizer.name}" does not learn from one circuit for the next. Choose one that does, such as rl.`,
      );
    }
    const label = join("rounds", String(round));
    const sized = await mapConcurrently(this.#circuits.training, this.#concurrency(simulator), async (circuit, signal) => {
      // Recorded each by itself: what the policy learns from must not come in the order in which searches happen to begin.
      const recorded = recordedOptimizer(optimizer);
      const result = await this.#size(circuit, recorded.optimizer, label, simulator, deviceTypes, signal);
      return { short: inShort(circuit, result), studies: recorded.studies };
    });
    const circuits = sized.map(({ short }) => short);
    const studies = sized.flatMap((one) => one.studies);
    const { loss } = await optimizer.policy.learn(studies, this.#rng(`round ${round}`));
    await optimizer.policy.save(this.#folder(round, "policy"));
    const ended = { key: this.#key, round, loss, circuits };
    await writeJson(file, ended);
    return ended;
  }

  #optimizer(policy: string | undefined): Promise<SizingOptimizer> {
    const { optimizer, options } = this.#config;
    const own = policy === undefined ? options : { ...options, policy: resolve(policy) };
    return this.#host.create("sizing-optimizer", optimizer, own, "optimizer");
  }

  async #size(
    circuit: Circuit,
    optimizer: SizingOptimizer,
    label: string,
    simulator: Simulator,
    deviceTypes: ReadonlyMap<string, DeviceType>,
    signal: AbortSignal,
  ): Promise<SizingResult> {
    const { runPath } = this.#options;
    const { simulations, batch } = this.#config;
    signal.throwIfAborted();
    const journals = join(runPath, label, "journals");
    await mkdir(journals, { recursive: true });
    const progress = this.#progress.begin(simulations, `${label}, ${circuit.name}`);
    const result = await sizeCircuit({
      circuit,
      family: this.#family,
      deviceTypes,
      simulator,
      optimizer,
      rng: this.#rng(`${label} ${circuit.name}`),
      budget: { simulations },
      batch,
      journalFile: join(journals, `${circuit.name}-${this.#key.slice(0, 12)}.jsonl`),
      signal,
      onProgress: (sizing) => progress.report(sizing.simulations),
    });
    progress.end();
    return result;
  }

  #concurrency(simulator: Simulator): Concurrency {
    return { limit: sizingsAtOnce(simulator), signal: this.#options.signal };
  }

  #rng(label: string) {
    return createRng(this.#config.seed).fork(label);
  }

  #folder(round: number, ...parts: string[]): string {
    return join(this.#options.runPath, "rounds", String(round), ...parts);
  }
}

/** The same search without anything learned: an optimizer that was asked for once has learned since. */
function withoutPolicy(optimizer: SizingOptimizer): SizingOptimizer {
  return {
    name: optimizer.name,
    capabilities: () => optimizer.capabilities(),
    start: (problem, rng, state) => optimizer.start(problem, rng, state),
  };
}

function inShort(circuit: Circuit, { functional, onSpec, violation, figureOfMerit, progress }: SizingResult): SizedInShort {
  const toFunctional = progress.find((point) => point.functional)?.simulations;
  const toSpec = progress.find((point) => point.onSpec)?.simulations;
  return {
    circuit: circuit.name,
    functional,
    onSpec,
    ...(toFunctional === undefined ? {} : { simulationsToFunctional: toFunctional }),
    ...(toSpec === undefined ? {} : { simulationsToSpec: toSpec }),
    ...(Number.isFinite(violation) ? { violation } : {}),
    ...(figureOfMerit === undefined ? {} : { figureOfMerit }),
  };
}
