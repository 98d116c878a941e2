import { Circuit } from "../circuit/circuit.js";
import type { DeviceType } from "../contracts/device-type.js";
import { countLadder, hasPassed, type Ladder, type RungName } from "../verification/ladder.js";
import { analogToBiMeasures, type AnalogToBiMeasures } from "./analogtobi-measures.js";
import type { AttemptSet } from "./attempt-set.js";
import { diagnose, type Finding } from "./diagnosis.js";
import type { EvaluatedAttempt } from "./evaluated-attempt.js";
import { graphStatistics } from "./graph-statistics.js";
import { discrepancies, discrepancyMethod, type Discrepancies } from "./maximum-mean-discrepancy.js";
import { share, type Share } from "./share.js";
import { sizeThreshold, validityBySize, type SizeClass, type SizeThreshold } from "./size-threshold.js";
import type { TrainingCorpus } from "./training-corpus.js";

/** What was asked of an evaluation. */
export interface EvaluationTerms {
  readonly set: string;
  readonly kind: AttemptSet["kind"];
  readonly seed: number;
  /** Budget of rungs 6 and 7 for each circuit; 0: they were not tried. */
  readonly simulations: number;
  readonly optimizer: string;
  readonly supplyVolts: number;
}

export interface FamilyLadder {
  /** `unknown` for attempts that were asked for nothing and decoded to nothing that can be classified. */
  readonly family: string;
  readonly ladder: Ladder;
}

/** Everything that an evaluation says; `evaluation.json` holds it. The same set, config and seed give the same. */
export interface EvaluationSummary extends EvaluationTerms {
  /** Absent when no training circuits were known: novelty is then not judged. */
  readonly corpus?: { readonly name: string; readonly circuits: number; readonly heldOut: number };
  readonly ladder: Ladder;
  readonly families: readonly FamilyLadder[];
  readonly analogToBi: AnalogToBiMeasures | Pick<AnalogToBiMeasures, "validity">;
  /** Of the attempts for which a type was asked, those that the classifier takes for it; those without a circuit are wrong. */
  readonly typeAccuracy?: Share;
  readonly sizes: readonly SizeClass[];
  readonly sizeThreshold?: SizeThreshold;
  /** Distances of the simulatable circuits to the nearest training circuit: quartiles. */
  readonly nearest?: { readonly lower: number; readonly median: number; readonly upper: number };
  readonly discrepancy?: {
    readonly method: string;
    /** `held-out circuits`, or `training circuits` when it is not known which were held out. */
    readonly reference: string;
    readonly circuits: number;
    readonly generated: Discrepancies;
    /** What the training circuits themselves have to the held-out ones: no generator need do better. */
    readonly training?: Discrepancies;
  };
  readonly findings: readonly Finding[];
}

export function summariseEvaluation(
  terms: EvaluationTerms,
  attempts: readonly EvaluatedAttempt[],
  corpus: TrainingCorpus | undefined,
  rungs: readonly RungName[],
  deviceTypes: ReadonlyMap<string, DeviceType>,
): EvaluationSummary {
  const circuits = attempts.map(({ circuit }) => (circuit === undefined ? undefined : new Circuit(circuit)));
  const typeAccuracy = accuracy(attempts, corpus);
  const threshold = sizeThreshold(attempts);
  const nearest = nearestQuartiles(attempts);
  const discrepancy = discrepancyOf(
    circuits.filter((circuit) => circuit !== undefined),
    corpus,
  );
  return {
    ...terms,
    ...(corpus === undefined
      ? {}
      : { corpus: { name: corpus.name, circuits: corpus.circuits.length, heldOut: corpus.heldOut.length } }),
    ladder: countLadder(attempts, rungs),
    families: byFamily(attempts).map(([family, some]) => ({ family, ladder: countLadder(some, rungs) })),
    analogToBi: analogToBiMeasures(
      circuits.map((circuit) => ({ circuit })),
      corpus?.circuits,
      deviceTypes,
    ),
    ...(typeAccuracy === undefined ? {} : { typeAccuracy }),
    sizes: validityBySize(attempts),
    ...(threshold === undefined ? {} : { sizeThreshold: threshold }),
    ...(nearest === undefined ? {} : { nearest }),
    ...(discrepancy === undefined ? {} : { discrepancy }),
    findings: diagnose(attempts, corpus, deviceTypes),
  };
}

/** Largest family first. */
function byFamily(attempts: readonly EvaluatedAttempt[]): [string, EvaluatedAttempt[]][] {
  const families = new Map<string, EvaluatedAttempt[]>();
  for (const attempt of attempts) {
    const family = attempt.family ?? "unknown";
    const some = families.get(family);
    if (some === undefined) families.set(family, [attempt]);
    else some.push(attempt);
  }
  return [...families].sort(([a, some], [b, others]) => others.length - some.length || (a < b ? -1 : 1));
}

function accuracy(attempts: readonly EvaluatedAttempt[], corpus: TrainingCorpus | undefined): Share | undefined {
  const asked = attempts.filter((attempt) => attempt.asked !== undefined);
  if (asked.length === 0 || corpus?.classifier === undefined) return undefined;
  return share(asked.filter((attempt) => attempt.classified === attempt.asked).length, asked.length);
}

function nearestQuartiles(attempts: readonly EvaluatedAttempt[]): EvaluationSummary["nearest"] {
  const distances = attempts
    .filter((attempt) => hasPassed(attempt, "simulatable"))
    .flatMap(({ nearest }) => (nearest === undefined ? [] : [nearest.distance]))
    .sort((a, b) => a - b);
  if (distances.length === 0) return undefined;
  const at = (part: number): number => distances[Math.min(distances.length - 1, Math.floor(part * distances.length))] ?? 0;
  return { lower: at(0.25), median: at(0.5), upper: at(0.75) };
}

function discrepancyOf(circuits: readonly Circuit[], corpus: TrainingCorpus | undefined): EvaluationSummary["discrepancy"] {
  if (corpus === undefined || circuits.length === 0) return undefined;
  const isSplit = corpus.heldOut.length > 0;
  const reference = (isSplit ? corpus.heldOut : corpus.circuits).map(({ circuit }) => graphStatistics(circuit));
  const heldOut = new Set(corpus.heldOut.map(({ id }) => id));
  const training = corpus.circuits.filter(({ id }) => !heldOut.has(id)).map(({ circuit }) => graphStatistics(circuit));
  return {
    method: discrepancyMethod,
    reference: isSplit ? "held-out circuits" : "training circuits",
    circuits: reference.length,
    generated: discrepancies(circuits.map(graphStatistics), reference),
    ...(isSplit ? { training: discrepancies(training, reference) } : {}),
  };
}
