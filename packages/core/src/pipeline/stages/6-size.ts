import { Circuit } from "../../circuit/circuit.js";
import { checkRules } from "../../circuit/rules/index.js";
import type { CircuitFamily, Specification } from "../../contracts/circuit-family.js";
import type { DeviceType } from "../../contracts/device-type.js";
import { writeAtomic } from "../../runtime/atomic-file.js";
import { JointProgress } from "../../runtime/joint-progress.js";
import { readJsonLines } from "../../runtime/json-lines.js";
import { mapConcurrently } from "../../runtime/map-concurrently.js";
import { missingPort } from "../../sizing/missing-port.js";
import { sizeCircuit, type SizeCircuitRequest, type SizingResult, type StartVerdict } from "../../sizing/size-circuit.js";
import { sizingsAtOnce } from "../../sizing/sizings-at-once.js";
import { loadModels, type ModelCards } from "../../spice/index.js";
import type { AttemptVerdict } from "../../verification/climb-ladder.js";
import { hasPassed } from "../../verification/ladder.js";
import { compareFigures, describeSizing } from "../describe-sizing.js";
import type { FirstGuessSummary, SizedCircuit, SizingSummary, StartCount } from "../report-data.js";
import { writeSizingSummary } from "../sizing-summary-file.js";
import { stageModels } from "../stage-models.js";
import type { Stage, StageContext } from "../stage.js";

interface Candidate {
  readonly name: string;
  readonly attempt: number;
  readonly circuit: Circuit;
  readonly isNovel: boolean;
}

/** Sizes the most promising of the circuits that passed the ladder. */
export const sizeStage: Stage = {
  name: "size",
  title: "Size the best circuits",
  reads: ["verify"],
  uses: ["simulator", "family", "optimizer"],
  dependsOn: async ({ sizing, simulator, models }, folder) => ({
    sizing,
    simulator,
    models: [...(await loadModels(models, folder))],
  }),

  async run(context) {
    const { sizing } = context.config;
    const family = await context.host.create("circuit-family", sizing.family, sizing.familyOptions, "sizing.family");
    const deviceTypes = await context.host.deviceTypes();
    const { candidates, refused } = await findCandidates(context, family, deviceTypes);
    const screened = candidates.slice(0, sizing.candidates);
    const circuits = Math.min(sizing.circuits, screened.length);
    const sizer = await Sizer.create(
      context,
      family,
      deviceTypes,
      screened.length * sizing.screening + circuits * sizing.simulations,
    );
    const chosen = await sizer.choose(screened, circuits);
    const sized = (await sizer.sizeAll(chosen, "final", sizing.simulations)).map(({ candidate, result }) => {
      const about = { circuit: candidate.circuit, origin: `attempt ${candidate.attempt}`, novel: candidate.isNovel };
      return describeSizing(about, result, { family, deviceTypes, models: sizer.models });
    });
    sized.sort(
      (a, b) =>
        Number(b.onSpec) - Number(a.onSpec) || Number(b.functional) - Number(a.functional) || compareFigures(a, b, family),
    );
    const { name, formula, unit, source, better } = family.figureOfMerit;
    const summary: SizingSummary = {
      family: family.name,
      conditions: family.conditions,
      optimizer: sizing.optimizer,
      budget: sizing.simulations,
      measurements: family.measurements,
      figureOfMerit: { name, formula, unit, source, better },
      minimumFunction: family.minimumFunction,
      specification: sizer.specification,
      objectives: sizing.objectives,
      ...(sizing.firstGuess === "default" ? {} : { firstGuess: firstGuessSummary(sizer.screened) }),
      circuits: sized,
    };
    await writeSizingSummary(context.file("summary.json"), summary);
    for (const circuit of sized) await writeNetlist(context, circuit);
    const functional = sized.filter((circuit) => circuit.functional).length;
    return {
      outputs: ["summary.json"],
      summary:
        candidates.length === 0
          ? `none of the circuits that passed the ladder has the ports of ${family.title}: ${describeRefusals(refused)}`
          : `${sized.length} of ${candidates.length} candidates sized, ${functional} functional, ${sized.filter((circuit) => circuit.onSpec).length} on spec`,
    };
  },
};

/** Circuits that passed the rung asked for and have the family's ports. */
async function findCandidates(
  context: StageContext,
  family: CircuitFamily,
  deviceTypes: ReadonlyMap<string, DeviceType>,
): Promise<{ candidates: Candidate[]; refused: Record<string, number> }> {
  const candidates: Candidate[] = [];
  const refused: Record<string, number> = {};
  for await (const verdict of readJsonLines<AttemptVerdict>(context.input("verify", "verdicts.jsonl"))) {
    if (verdict.circuit === undefined || !hasPassed(verdict, context.config.sizing.rung)) continue;
    const circuit = new Circuit(verdict.circuit);
    const reason = missingPort(circuit, family) ?? checkRules(circuit, deviceTypes, family.rules)[0]?.rule;
    if (reason === undefined) {
      candidates.push({ name: circuit.name, attempt: verdict.attempt, circuit, isNovel: hasPassed(verdict, "novel") });
    }
    if (reason !== undefined) refused[reason] = (refused[reason] ?? 0) + 1;
  }
  return { candidates, refused };
}

interface Sized {
  readonly candidate: Candidate;
  readonly result: SizingResult;
}

/** What every sizing of the stage has in common. */
type SizingParts = Omit<SizeCircuitRequest, "circuit" | "rng" | "budget" | "journalFile" | "signal" | "onProgress">;

class Sizer {
  readonly specification: Specification;
  readonly models: ModelCards;
  readonly #context: StageContext;
  readonly #parts: SizingParts;
  readonly #progress: JointProgress;
  #screened: readonly SizingResult[] = [];

  private constructor(
    context: StageContext,
    parts: SizingParts,
    specification: Specification,
    models: ModelCards,
    planned: number,
  ) {
    this.models = models;
    this.#context = context;
    this.#parts = parts;
    this.specification = specification;
    this.#progress = new JointProgress({ total: planned, unit: "simulations" }, context.onProgress);
  }

  /** @param planned simulations in all */
  static async create(
    context: StageContext,
    family: CircuitFamily,
    deviceTypes: ReadonlyMap<string, DeviceType>,
    planned: number,
  ): Promise<Sizer> {
    const { sizing, simulator: engine } = context.config;
    const simulator = await context.host.create("simulator", engine.engine, engine.options, "simulator.engine");
    const optimizer = await context.host.create("sizing-optimizer", sizing.optimizer, sizing.options, "sizing.optimizer");
    const specification =
      sizing.specification === undefined
        ? family.specification
        : { description: "from the config", constraints: sizing.specification.map(withoutUndefined) };
    const models = await stageModels(context, deviceTypes, simulator);
    const { batch, objectives, firstGuess } = sizing;
    const settings = { specification, objectives, models, batch, firstGuess };
    const parts = { family, deviceTypes, simulator, optimizer, ...settings };
    return new Sizer(context, parts, specification, models, planned);
  }

  /** What came of each candidate's screening. */
  get screened(): readonly SizingResult[] {
    return this.#screened;
  }

  /** The candidates that do best with a small budget each, in the order of the attempts. */
  async choose(candidates: readonly Candidate[], count: number): Promise<Candidate[]> {
    const screened = await this.sizeAll(candidates, "screening", this.#context.config.sizing.screening);
    const rank = ({ result }: (typeof screened)[number]): number => Number(result.onSpec) * 2 + Number(result.functional);
    this.#screened = screened.map(({ result }) => result);
    return screened
      .toSorted(
        (a, b) =>
          rank(b) - rank(a) || a.result.violation - b.result.violation || compareFigures(a.result, b.result, this.#parts.family),
      )
      .slice(0, count)
      .map(({ candidate }) => candidate);
  }

  /** Several at once: where one search thinks, or waits for its last simulations, another's are run. */
  sizeAll(candidates: readonly Candidate[], purpose: "screening" | "final", simulations: number): Promise<Sized[]> {
    // Seconds are each circuit's own only as long as it has the engines to itself.
    const limit = this.#context.config.sizing.seconds === undefined ? sizingsAtOnce(this.#parts.simulator) : 1;
    return mapConcurrently(candidates, { limit, signal: this.#context.signal }, async (candidate, signal) => ({
      candidate,
      result: await this.#size(candidate, purpose, simulations, signal),
    }));
  }

  async #size(candidate: Candidate, purpose: string, simulations: number, signal: AbortSignal): Promise<SizingResult> {
    const label = `${purpose}-${candidate.attempt}`;
    const { seconds } = this.#context.config.sizing;
    const progress = this.#progress.begin(simulations, `attempt ${candidate.attempt}`);
    const result = await sizeCircuit({
      ...this.#parts,
      circuit: candidate.circuit,
      rng: this.#context.rng.fork(label),
      budget: { simulations, ...(seconds === undefined ? {} : { seconds }) },
      journalFile: this.#context.file("journals", `${label}.jsonl`),
      signal,
      onProgress: (sizing) => progress.report(sizing.simulations),
    });
    progress.end();
    return result;
  }
}

function firstGuessSummary(screened: readonly SizingResult[]): FirstGuessSummary {
  const count = (startsOf: (result: SizingResult) => readonly StartVerdict[]): StartCount => ({
    functional: screened.filter((result) => startsOf(result).some(({ functional }) => functional)).length,
    onSpec: screened.filter((result) => startsOf(result).some(({ onSpec }) => onSpec)).length,
  });
  const guesses = ({ firstGuess }: SizingResult): number => firstGuess?.guesses.length ?? 0;
  return {
    circuits: screened.length,
    unguessed: screened.filter((result) => guesses(result) === 0).length,
    atDefault: count(({ starts }) => starts.slice(0, 1)),
    atFirstGuess: count((result) => result.starts.slice(1, 1 + Math.min(1, guesses(result)))),
    atAnyGuess: count((result) => result.starts.slice(1, 1 + guesses(result))),
  };
}

function withoutUndefined(constraint: {
  measurement: string;
  atLeast?: number | undefined;
  atMost?: number | undefined;
}): Specification["constraints"][number] {
  const { measurement, atLeast, atMost } = constraint;
  return { measurement, ...(atLeast === undefined ? {} : { atLeast }), ...(atMost === undefined ? {} : { atMost }) };
}

async function writeNetlist(context: StageContext, circuit: SizedCircuit): Promise<void> {
  await writeAtomic(context.file("netlists", `${circuit.name}.cir`), circuit.netlist);
}

function describeRefusals(refused: Readonly<Record<string, number>>): string {
  const reasons = Object.entries(refused).map(([reason, count]) => `${count}: ${reason}`);
  return reasons.length === 0 ? "none passed" : reasons.join(", ");
}
