import type { Deck, ElementKind } from "./deck.js";

export type Analysis =
  | { readonly kind: "op" }
  /** Sweeps the dc value of the voltage or current source named `source`. */
  | { readonly kind: "dc"; readonly source: string; readonly start: number; readonly stop: number; readonly step: number }
  | { readonly kind: "ac"; readonly pointsPerDecade: number; readonly startHz: number; readonly stopHz: number }
  | {
      readonly kind: "tran";
      readonly stepS: number;
      readonly stopS: number;
      readonly startS?: number;
      readonly maxStepS?: number;
      readonly useInitialConditions?: boolean;
    }
  /** Output noise at node `output`, referred to the source named `input`. */
  | {
      readonly kind: "noise";
      readonly output: string;
      readonly input: string;
      readonly pointsPerDecade: number;
      readonly startHz: number;
      readonly stopHz: number;
    };

export type AnalysisKind = Analysis["kind"];

export interface RunRequest {
  /** New values, keyed `element.value`, for example `{"m1.w": 2e-6, "vdd.dc": 1.8}`. They stay until set again. */
  readonly set?: Readonly<Record<string, number>>;
  readonly analyses: readonly Analysis[];
  /** Nodes and, as `i(name)`, currents of voltage sources to return from dc, ac and tran. Default: all nodes. */
  readonly save?: readonly string[];
  /** Names of elements whose operating point is wanted (mosfets, bipolars, diodes). Default: none. */
  readonly devices?: readonly string[];
  /** Where the operating point's search starts, volts by node. */
  readonly nodeset?: Readonly<Record<string, number>>;
  readonly signal?: AbortSignal;
  readonly timeoutMs: number;
}

export interface DeviceOperatingPoint {
  /** Drain, collector or anode current, amperes. */
  readonly id: number;
  readonly gm: number;
  readonly gds: number;
  readonly vgs: number;
  readonly vds: number;
  readonly vth: number;
  readonly vdsat: number;
  readonly region: "off" | "subthreshold" | "triode" | "saturation" | "active" | "reverse";
}

export interface OperatingPoint {
  /** Volts by node, ground left out. */
  readonly nodes: Readonly<Record<string, number>>;
  /** Amperes through each voltage source and inductor, by element name; positive flows from plus through the source to minus. */
  readonly branches: Readonly<Record<string, number>>;
  readonly devices: Readonly<Record<string, DeviceOperatingPoint>>;
}

export type AnalysisResult =
  | { readonly kind: "op"; readonly op: OperatingPoint }
  /** `x`: the swept value. Vectors by the names in {@link RunRequest.save}. */
  | { readonly kind: "dc"; readonly x: Float64Array; readonly vectors: Readonly<Record<string, Float64Array>> }
  /** `x`: seconds. */
  | { readonly kind: "tran"; readonly x: Float64Array; readonly vectors: Readonly<Record<string, Float64Array>> }
  /** `x`: hertz. */
  | {
      readonly kind: "ac";
      readonly x: Float64Array;
      readonly vectors: Readonly<Record<string, { readonly re: Float64Array; readonly im: Float64Array }>>;
    }
  /** `x`: hertz. Densities in V²/Hz (or A²/Hz at a current source input). */
  | { readonly kind: "noise"; readonly x: Float64Array; readonly output: Float64Array; readonly input: Float64Array };

export interface SimulationOk {
  readonly status: "ok";
  /** One for each analysis asked for, in their order. */
  readonly analyses: readonly AnalysisResult[];
  /** How the operating point was found. */
  readonly convergence: "direct" | "gmin" | "source" | "transient";
}

export type SimulationFailureStatus =
  | "parse_error"
  /** The simulator has no such element or analysis; its capabilities say so. */
  | "unsupported"
  | "singular"
  | "no_convergence"
  | "timeout"
  | "crashed"
  | "unphysical";

/** A failure is a value: it carries the engine's own words. */
export interface SimulationFailure {
  readonly status: SimulationFailureStatus;
  readonly message: string;
}

export type SimulationResult = SimulationOk | SimulationFailure;

export interface SimulatorCapabilities {
  readonly engine: string;
  readonly version: string;
  /** `op` is always among them. Any other fails as `unsupported`. */
  readonly analyses: readonly AnalysisKind[];
  /** `resistor` and `voltage` are always among them. A run of a deck with any other fails as `unsupported`. */
  readonly elements: readonly ElementKind[];
  /** Runs that can be under way at once. */
  readonly workers: number;
  /** What a run's result may depend on, if not on its deck and values alone, is stated here; empty when nothing. */
  readonly notes: readonly string[];
}

/** A circuit that stays loaded. Runs may be started together; each is answered on its own. */
export interface SimulatorSession {
  /** Resolves with a failure as a value; rejects only when the signal aborts, the session is closed or the engine cannot be started. */
  run(request: RunRequest): Promise<SimulationResult>;
  close(): Promise<void>;
}

/** Contract: what a circuit does. */
export interface Simulator {
  capabilities(): SimulatorCapabilities;
  /** Throws a coded error when the deck breaks the rules of {@link Deck}. */
  open(deck: Deck): Promise<SimulatorSession>;
  dispose(): Promise<void>;
}
