import type { Circuit } from "../circuit/circuit.js";
import type { FigureOfMerit, Measurement, Plot, Specification } from "../contracts/circuit-family.js";
import type { DeviceType } from "../contracts/device-type.js";
import type { Ladder } from "../verification/ladder.js";

/** Everything that a report shows. It holds no clock times: the same seed gives the same report. */
export interface ReportData {
  readonly tag: string;
  readonly seed: number;
  /** Package name → version. */
  readonly versions: Readonly<Record<string, string>>;
  /** The resolved config as YAML. */
  readonly config: string;
  readonly deviceTypes: ReadonlyMap<string, DeviceType>;
  readonly corpus?: CorpusSummary;
  readonly encoding?: EncodingSummary;
  readonly training?: TrainingSummary;
  readonly generation?: GenerationSummary;
  readonly ladder?: Ladder;
  readonly sizing?: SizingSummary;
}

export interface CorpusSummary {
  readonly circuits: number;
  /** Distinct by canonical form. */
  readonly topologies: number;
  readonly sources: readonly { readonly name: string; readonly circuits: number }[];
  readonly deviceCounts: readonly number[];
  readonly rejected: readonly { readonly source: string; readonly line?: number; readonly reason: string }[];
}

export interface EncodingSummary {
  readonly scheme: string;
  readonly vocabulary: number;
  readonly trainingCircuits: number;
  readonly validationCircuits: number;
  readonly sequences: number;
  readonly medianTokens: number;
  readonly longestTokens: number;
  readonly notEncodable: readonly { readonly circuit: string; readonly reason: string }[];
}

export interface TrainingSummary {
  readonly backend: string;
  /** The checkpoint that it began from; `tokens` and `steps` are those of its own training. */
  readonly from?: { readonly name: string; readonly fingerprint: string; readonly steps: number; readonly tokens?: number };
  readonly parameters: number;
  readonly steps: number;
  readonly tokens: number;
  /** Losses in nats a token. */
  readonly curve: readonly { readonly step: number; readonly trainingLoss: number; readonly validationLoss?: number }[];
}

export interface GenerationSummary {
  readonly attempts: number;
  readonly temperature: number;
  readonly tokens: number;
}

/** Circuits that a point to begin with made functional, and put on spec. */
export interface StartCount {
  readonly functional: number;
  readonly onSpec: number;
}

/** Where sizings began, with gm/ID first guesses: of the circuits that were screened, without them and with them. */
export interface FirstGuessSummary {
  readonly circuits: number;
  /** Without a guess, and so at their default sizes alone. */
  readonly unguessed: number;
  readonly atDefault: StartCount;
  readonly atFirstGuess: StartCount;
  readonly atAnyGuess: StartCount;
}

export interface SizingSummary {
  readonly family: string;
  readonly conditions: string;
  readonly optimizer: string;
  readonly budget: number;
  readonly measurements: readonly Measurement[];
  readonly figureOfMerit: Omit<FigureOfMerit, "evaluate">;
  readonly minimumFunction: Specification;
  readonly specification: Specification;
  /** Names of measurements, or `figureOfMerit`. */
  readonly objectives: readonly string[];
  /** Only where sizings begin with guesses. */
  readonly firstGuess?: FirstGuessSummary;
  /** Best first. */
  readonly circuits: readonly SizedCircuit[];
}

/** What was chosen for a circuit's devices and benches, and what it then does. */
export interface SizedPoint {
  readonly sizes: readonly {
    readonly device: string;
    readonly parameter: string;
    readonly unit: string;
    readonly value: number;
  }[];
  readonly bias: readonly { readonly name: string; readonly unit: string; readonly value: number }[];
  readonly measured: Readonly<Record<string, number>>;
  /** Absent when a measurement that it needs could not be taken. */
  readonly figureOfMerit?: number;
}

export interface SizedCircuit extends SizedPoint {
  readonly name: string;
  readonly circuit: Circuit;
  /** Where it comes from, for example `attempt 17` or `seed: two-stage Miller`. */
  readonly origin: string;
  readonly novel: boolean;
  readonly functional: boolean;
  readonly onSpec: boolean;
  /** A complete deck that plain ngspice runs. */
  readonly netlist: string;
  readonly plots: readonly Plot[];
  /** Best figure of merit so far after each simulation at which it rose. */
  readonly progress: readonly { readonly simulations: number; readonly figureOfMerit: number }[];
  /** With several objectives: sizings on spec that none other betters in all of them. */
  readonly front?: readonly SizedPoint[];
  readonly simulations: number;
  readonly failedSimulations: number;
}
