import { join } from "node:path";
import { canonicalHash } from "../circuit/canonical/canonical-form.js";
import type { Circuit } from "../circuit/circuit.js";
import { checkRules } from "../circuit/rules/index.js";
import type { CircuitFamily } from "../contracts/circuit-family.js";
import type { DeviceType } from "../contracts/device-type.js";
import type { Simulator } from "../contracts/simulator.js";
import type { SizingOptimizer } from "../contracts/sizing-optimizer.js";
import { compareFigures, describeSizing } from "../pipeline/describe-sizing.js";
import type { SizedCircuit, SizingSummary } from "../pipeline/report-data.js";
import { JointProgress } from "../runtime/joint-progress.js";
import { mapConcurrently } from "../runtime/map-concurrently.js";
import type { ProgressListener } from "../runtime/progress.js";
import type { Rng } from "../runtime/rng.js";
import { missingPort } from "../sizing/missing-port.js";
import { sizeCircuit, type SizingResult } from "../sizing/size-circuit.js";
import { sizingsAtOnce } from "../sizing/sizings-at-once.js";
import type { ModelCards } from "../spice/model-library/index.js";
import { share, type Share } from "./share.js";

/** The circuits of one origin that may stand for it. */
export interface Side {
  readonly origin: "generated" | "human-designed";
  readonly circuits: readonly Circuit[];
}

/** How one origin did. */
export interface SideResult {
  readonly origin: Side["origin"];
  /** Circuits of the family with its ports, each topology once. */
  readonly fitting: number;
  /** Of those that were screened. */
  readonly functional: Share;
  readonly onSpec: Share;
  /** The best of them, sized with the whole budget; absent when there is none. */
  readonly best?: SizedCircuit;
}

export interface FamilySideBySide {
  /** The best of each origin, in the order of {@link sides}. */
  readonly sizing: SizingSummary;
  readonly sides: readonly SideResult[];
  readonly screening: number;
}

export interface SideBySideRequest {
  readonly family: CircuitFamily;
  readonly sides: readonly Side[];
  readonly deviceTypes: ReadonlyMap<string, DeviceType>;
  readonly simulator: Simulator;
  readonly optimizer: SizingOptimizer;
  readonly models: ModelCards;
  /** Circuits of each origin that are screened: drawn by chance, as many of one as of the other at most. */
  readonly candidates: number;
  /** Simulations for each candidate, and then for the best of each origin. */
  readonly screening: number;
  readonly simulations: number;
  readonly batch: number;
  readonly rng: Rng;
  /** Simulations are kept here, so that a comparison that was stopped goes on where it was. */
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly onProgress: ProgressListener;
}

/**
 * The best circuit of each origin, found and sized alike: as many candidates, the same optimizer, budgets, models and
 * specification. A circuit's search depends on its topology and the seed alone, so that the same circuit on both sides comes to the
 * same result.
 */
export async function compareSides(request: SideBySideRequest): Promise<FamilySideBySide> {
  const { family, simulations, screening, optimizer, onProgress, signal } = request;
  const chosen = request.sides.map((side) => ({ side, fitting: fittingCircuits(side, request) }));
  const counts = chosen.map(({ fitting }) => Math.min(request.candidates, fitting.length));
  const total = counts.reduce((sum, count) => sum + count * screening + (count > 0 ? simulations : 0), 0);
  const joint = new JointProgress({ total, unit: "simulations" }, onProgress);
  const size = async (
    circuit: Circuit,
    id: string,
    purpose: string,
    budget: number,
    signal: AbortSignal,
  ): Promise<SizingResult> => {
    signal.throwIfAborted();
    const progress = joint.begin(budget, family.name);
    const result = await sizeCircuit({
      ...request,
      circuit,
      rng: request.rng.fork(id).fork(purpose),
      budget: { simulations: budget },
      signal,
      journalFile: join(request.folder, family.name, `${purpose}-${id}.jsonl`),
      onProgress: (sizing) => progress.report(sizing.simulations),
    });
    progress.end();
    return result;
  };
  const sides: SideResult[] = [];
  for (const [index, { side, fitting }] of chosen.entries()) {
    const candidates = fitting.slice(0, counts[index]);
    // The sides come after one another: the same circuit may be on both, and its simulations are kept in one journal.
    const screened = await mapConcurrently(
      candidates,
      { limit: sizingsAtOnce(request.simulator), signal },
      async (candidate, own) => ({
        candidate,
        result: await size(candidate.circuit, candidate.id, "screening", screening, own),
      }),
    );
    const [best] = [...screened].sort((a, b) => compareResults(a.result, b.result, family));
    const about = { origin: side.origin, novel: side.origin === "generated" };
    sides.push({
      origin: side.origin,
      fitting: fitting.length,
      functional: share(screened.filter(({ result }) => result.functional).length, screened.length),
      onSpec: share(screened.filter(({ result }) => result.onSpec).length, screened.length),
      ...(best === undefined
        ? {}
        : {
            best: describeSizing(
              { circuit: best.candidate.circuit, ...about },
              await size(best.candidate.circuit, best.candidate.id, "final", simulations, signal),
              request,
            ),
          }),
    });
  }
  const { name, formula, unit, source, better } = family.figureOfMerit;
  return {
    sizing: {
      family: family.name,
      conditions: family.conditions,
      optimizer: optimizer.name,
      budget: simulations,
      measurements: family.measurements,
      figureOfMerit: { name, formula, unit, source, better },
      minimumFunction: family.minimumFunction,
      specification: family.specification,
      objectives: ["figureOfMerit"],
      circuits: sides.flatMap(({ best }) => best ?? []),
    },
    sides,
    screening,
  };
}

interface FittingCircuit {
  readonly id: string;
  readonly circuit: Circuit;
}

/** Each topology once, in an order drawn by chance. */
function fittingCircuits({ circuits, origin }: Side, { family, deviceTypes, rng }: SideBySideRequest): FittingCircuit[] {
  const found = new Map<string, Circuit>();
  for (const circuit of circuits) {
    if (missingPort(circuit, family) !== undefined || checkRules(circuit, deviceTypes, family.rules).length > 0) continue;
    const id = canonicalHash(circuit, deviceTypes);
    if (!found.has(id)) found.set(id, circuit);
  }
  return rng
    .fork("candidates")
    .fork(origin)
    .shuffle([...found].map(([id, circuit]) => ({ id, circuit })));
}

function compareResults(a: SizingResult, b: SizingResult, family: CircuitFamily): number {
  const rank = (result: SizingResult): number => Number(result.onSpec) * 2 + Number(result.functional);
  return rank(b) - rank(a) || a.violation - b.violation || compareFigures(a, b, family);
}
