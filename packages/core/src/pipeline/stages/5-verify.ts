import { canonicalHash } from "../../circuit/canonical/canonical-form.js";
import type { Circuit } from "../../circuit/circuit.js";
import { checkRules } from "../../circuit/rules/index.js";
import { DecodeError } from "../../contracts/decode-error.js";
import type { DeviceType } from "../../contracts/device-type.js";
import type { TokenizationScheme } from "../../contracts/tokenization-scheme.js";
import { writeJson } from "../../runtime/atomic-file.js";
import { eachConcurrently } from "../../runtime/each-concurrently.js";
import { JsonLinesLog, readJsonLines, writeJsonLines } from "../../runtime/json-lines.js";
import { loadModels } from "../../spice/model-library/index.js";
import { countLadder, type RungName, type Verdict } from "../../verification/ladder.js";
import { checkSimulatable, type Simulatability } from "../../verification/simulatability.js";
import type { Attempt, AttemptVerdict } from "../attempt.js";
import type { CorpusEntry } from "../corpus-entry.js";
import { stageModels } from "../stage-models.js";
import type { Stage, StageContext } from "../stage.js";

const rungs: readonly RungName[] = ["decoded", "structural", "simulatable", "unique", "novel"];

/** An attempt that decoded and obeys the rules. */
interface Structural {
  readonly attempt: number;
  readonly circuit: Circuit;
}

interface SimulationEntry {
  readonly attempt: number;
  readonly outcome: Outcome;
}

type Outcome =
  { readonly simulatable: true } | { readonly simulatable: false; readonly reason: string; readonly message: string };

/** Climbs the ladder with every attempt: decode, check rules, simulate, compare with each other and with the corpus. */
export const verifyStage: Stage = {
  name: "verify",
  title: "Verify every circuit",
  reads: ["corpus", "generate"],
  dependsOn: async ({ verify, simulator, encode, models }, folder) => ({
    verify,
    simulator,
    scheme: [encode.scheme, encode.options],
    models: [...(await loadModels(models, folder))],
  }),

  async run(context) {
    const { encode } = context.config;
    const deviceTypes = await context.host.deviceTypes();
    const scheme = await context.host.create("tokenization-scheme", encode.scheme, encode.options, "encode.scheme");
    const verdicts = new Map<number, AttemptVerdict>();
    const structural: Structural[] = [];
    for await (const attempt of readJsonLines<Attempt>(context.input("generate", "attempts.jsonl"))) {
      const result = decode(attempt, scheme, deviceTypes);
      if (result.circuit !== undefined && result.failed === undefined)
        structural.push({ attempt: attempt.attempt, circuit: result.circuit });
      verdicts.set(attempt.attempt, { ...result, attempt: attempt.attempt });
    }
    const outcomes = await simulateAll(context, structural, deviceTypes);
    const corpus = await corpusIds(context);
    const seen = new Set<string>();
    for (const { attempt, circuit } of structural) {
      const id = canonicalHash(circuit, deviceTypes);
      const failed = failedRung(outcomes.get(attempt), id, seen, corpus);
      verdicts.set(attempt, {
        attempt,
        id,
        circuit,
        deviceCount: circuit.devices.length,
        ...(failed === undefined ? {} : { failed }),
      });
    }
    const ordered = [...verdicts.values()].sort((a, b) => a.attempt - b.attempt);
    const ladder = countLadder(ordered, rungs);
    await writeJsonLines(context.file("verdicts.jsonl"), ordered);
    await writeJson(context.file("ladder.json"), ladder);
    return {
      outputs: ["verdicts.jsonl", "ladder.json"],
      summary: `of ${ladder.attempts}: ${ladder.rungs.map(({ name, passed }) => `${name} ${passed}`).join(", ")}`,
    };
  },
};

/** Rungs 1 and 2. */
function decode(
  { attempt, tokens, ended }: Attempt,
  scheme: TokenizationScheme,
  deviceTypes: ReadonlyMap<string, DeviceType>,
): Pick<AttemptVerdict, "failed" | "deviceCount"> & { readonly circuit?: Circuit } {
  if (!ended) return { failed: { rung: "decoded", reason: "did not end", message: `no end within ${tokens.length} tokens` } };
  let circuit: Circuit;
  try {
    circuit = scheme.decode(tokens).renamed(`attempt-${attempt}`);
  } catch (cause) {
    if (!(cause instanceof DecodeError)) throw cause;
    return { failed: { rung: "decoded", reason: cause.reason, message: cause.message } };
  }
  const deviceCount = circuit.devices.length;
  const violation = checkRules(circuit, deviceTypes)[0];
  if (violation === undefined) return { circuit, deviceCount };
  return { circuit, deviceCount, failed: { rung: "structural", reason: violation.rule, message: violation.message } };
}

/** Rung 3, for those that a stopped run has not simulated yet. */
async function simulateAll(
  context: StageContext,
  circuits: readonly Structural[],
  deviceTypes: ReadonlyMap<string, DeviceType>,
): Promise<ReadonlyMap<number, Outcome>> {
  const { simulator: engine, verify } = context.config;
  const simulator = await context.host.create("simulator", engine.engine, engine.options, "simulator.engine");
  const models = await stageModels(context, deviceTypes, simulator);
  const { log, entries } = await JsonLinesLog.open<SimulationEntry>(context.file("simulations.log"));
  const outcomes = new Map(entries.map(({ attempt, outcome }) => [attempt, outcome]));
  const left = circuits.filter(({ attempt }) => !outcomes.has(attempt));
  await eachConcurrently(left, simulator.capabilities().workers, async ({ attempt, circuit }) => {
    context.signal.throwIfAborted();
    const { timeoutMs, supplyVolts } = verify;
    const { signal } = context;
    const outcome = outcomeOf(
      await checkSimulatable(circuit, { simulator, deviceTypes, models, supplyVolts, timeoutMs, signal }),
    );
    outcomes.set(attempt, outcome);
    log.append({ attempt, outcome });
    context.onProgress({ done: outcomes.size, total: circuits.length, unit: "circuits simulated" });
  });
  return outcomes;
}

/** What is kept of a check: no voltages. */
function outcomeOf(check: Simulatability): Outcome {
  return check.simulatable ? { simulatable: true } : { simulatable: false, reason: check.reason, message: check.message };
}

/** The first of rungs 3 to 5 that is failed; asked in the order of attempts. */
function failedRung(outcome: Outcome | undefined, id: string, seen: Set<string>, corpus: ReadonlySet<string>): Verdict["failed"] {
  if (outcome === undefined) throw new Error("an attempt was not simulated");
  if (!outcome.simulatable) return { rung: "simulatable", reason: outcome.reason, message: outcome.message };
  if (seen.has(id)) return { rung: "unique", reason: "repeats an earlier attempt", message: `topology ${id}` };
  seen.add(id);
  if (corpus.has(id)) return { rung: "novel", reason: "is in the corpus", message: `topology ${id}` };
  return undefined;
}

async function corpusIds(context: StageContext): Promise<Set<string>> {
  const ids = new Set<string>();
  for await (const { id } of readJsonLines<CorpusEntry>(context.input("corpus", "circuits.jsonl"))) ids.add(id);
  return ids;
}
