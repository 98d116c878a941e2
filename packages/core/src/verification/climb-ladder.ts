import { canonicalHash } from "../circuit/canonical/canonical-form.js";
import type { Circuit, CircuitParts } from "../circuit/circuit.js";
import { checkRules } from "../circuit/rules/index.js";
import type { ModelCard } from "../contracts/deck.js";
import type { DeviceType } from "../contracts/device-type.js";
import type { Simulator } from "../contracts/simulator.js";
import { mapConcurrently } from "../runtime/map-concurrently.js";
import { JsonLinesLog } from "../runtime/json-lines.js";
import type { ProgressListener } from "../runtime/progress.js";
import type { RungName, Verdict } from "./ladder.js";
import { checkSimulatable, type Simulatability } from "./simulatability.js";

/** An attempt before the ladder: the circuit that it decodes to, or why it decodes to none. */
export interface ReadAttempt {
  readonly attempt: number;
  readonly circuit?: Circuit;
  /** There when the circuit is not. */
  readonly failed?: { readonly reason: string; readonly message: string };
}

/** What became of an attempt, and the circuit that it is. */
export interface AttemptVerdict extends Verdict {
  /** Hash of the canonical form; absent when the circuit did not decode or breaks a rule. */
  readonly id?: string;
  readonly circuit?: CircuitParts;
}

export interface LadderRequest {
  readonly attempts: readonly ReadAttempt[];
  readonly deviceTypes: ReadonlyMap<string, DeviceType>;
  readonly simulator: Simulator;
  /** Model cards instead of the device types' own, by device type name. */
  readonly models: ReadonlyMap<string, ModelCard>;
  readonly supplyVolts: number;
  readonly timeoutMs: number;
  /** Canonical hashes of the training circuits. Without them novelty is not judged. */
  readonly known: ReadonlySet<string> | undefined;
  /** Simulations are kept here, and taken from here when the climb is begun again. */
  readonly journalFile: string;
  readonly signal: AbortSignal;
  readonly onProgress: ProgressListener;
}

/** The rungs that {@link climbLadder} tries, in order; the last one needs training circuits. */
export const climbedRungs: readonly RungName[] = ["decoded", "structural", "simulatable", "unique", "novel"];

interface SimulationEntry {
  readonly attempt: number;
  readonly outcome: Outcome;
}

type Outcome =
  { readonly simulatable: true } | { readonly simulatable: false; readonly reason: string; readonly message: string };

interface Structural {
  readonly attempt: number;
  readonly circuit: Circuit;
}

/** Rungs 1 to 5 for every attempt, in the order of attempts. The result depends on neither workers nor interruptions. */
export async function climbLadder(request: LadderRequest): Promise<AttemptVerdict[]> {
  const { deviceTypes, known } = request;
  const verdicts = new Map<number, AttemptVerdict>();
  const structural: Structural[] = [];
  for (const read of [...request.attempts].sort((a, b) => a.attempt - b.attempt)) {
    const verdict = judgeStructure(read, deviceTypes);
    verdicts.set(read.attempt, verdict);
    if (read.circuit !== undefined && verdict.failed === undefined) {
      structural.push({ attempt: read.attempt, circuit: read.circuit });
    }
  }
  const outcomes = await simulateAll(request, structural);
  const seen = new Set<string>();
  for (const { attempt, circuit } of structural) {
    const id = canonicalHash(circuit, deviceTypes);
    const failed = failedRung(outcomes.get(attempt), id, seen, known);
    const deviceCount = circuit.devices.length;
    verdicts.set(attempt, { attempt, id, circuit, deviceCount, ...(failed === undefined ? {} : { failed }) });
  }
  return [...verdicts.values()];
}

/** Rungs 1 and 2. */
function judgeStructure({ attempt, circuit, failed }: ReadAttempt, deviceTypes: ReadonlyMap<string, DeviceType>): AttemptVerdict {
  if (circuit === undefined) {
    return { attempt, failed: { rung: "decoded", reason: failed?.reason ?? "unknown", message: failed?.message ?? "" } };
  }
  const violation = checkRules(circuit, deviceTypes)[0];
  const deviceCount = circuit.devices.length;
  if (violation === undefined) return { attempt, circuit, deviceCount };
  return { attempt, circuit, deviceCount, failed: { rung: "structural", reason: violation.rule, message: violation.message } };
}

/** Rung 3, for those that a stopped climb has not simulated yet. */
async function simulateAll(request: LadderRequest, circuits: readonly Structural[]): Promise<ReadonlyMap<number, Outcome>> {
  const { simulator, deviceTypes, models, supplyVolts, timeoutMs, signal } = request;
  const { log, entries } = await JsonLinesLog.open<SimulationEntry>(request.journalFile);
  const outcomes = new Map(entries.map(({ attempt, outcome }) => [attempt, outcome]));
  const left = circuits.filter(({ attempt }) => !outcomes.has(attempt));
  await mapConcurrently(left, { limit: simulator.capabilities().workers, signal }, async ({ attempt, circuit }) => {
    const outcome = outcomeOf(
      await checkSimulatable(circuit, { simulator, deviceTypes, models, supplyVolts, timeoutMs, signal }),
    );
    outcomes.set(attempt, outcome);
    log.append({ attempt, outcome });
    request.onProgress({ done: outcomes.size, total: circuits.length, unit: "circuits simulated" });
  });
  return outcomes;
}

/** What is kept of a check: no voltages. */
function outcomeOf(check: Simulatability): Outcome {
  return check.simulatable ? { simulatable: true } : { simulatable: false, reason: check.reason, message: check.message };
}

/** The first of rungs 3 to 5 that is failed; asked in the order of attempts. */
function failedRung(
  outcome: Outcome | undefined,
  id: string,
  seen: Set<string>,
  known: ReadonlySet<string> | undefined,
): Verdict["failed"] {
  if (outcome === undefined) throw new Error("an attempt was not simulated");
  if (!outcome.simulatable) return { rung: "simulatable", reason: outcome.reason, message: outcome.message };
  if (seen.has(id)) return { rung: "unique", reason: "repeats an earlier attempt", message: `topology ${id}` };
  seen.add(id);
  if (known?.has(id) === true) return { rung: "novel", reason: "is in the corpus", message: `topology ${id}` };
  return undefined;
}
