import type { Circuit } from "../circuit.js";

export interface LabelledCircuit {
  readonly circuit: Circuit;
  /** What it is said to be, for example `lna`. */
  readonly label?: string | undefined;
}

export interface RuleFailures {
  readonly rule: string;
  readonly title: string;
  /** Names of the circuits that break it. */
  readonly circuits: readonly string[];
  readonly examples: readonly { readonly circuit: string; readonly message: string }[];
}

/** Probably a mistake in the data, though no rule forbids it. */
export interface Suspicion {
  readonly circuit: string;
  readonly kind: "bulk" | "label" | "copy-with-another-label";
  /** In a designer's words. */
  readonly message: string;
}

export interface Inspection {
  readonly circuits: number;
  /** Distinct by canonical form; circuits that have none are left out. */
  readonly topologies: number;
  readonly labels: Readonly<Record<string, number>>;
  /** Names of circuits that are one topology, for each that occurs more than once. */
  readonly duplicates: readonly (readonly string[])[];
  /** Circuits that obey every rule. */
  readonly sound: number;
  readonly rules: readonly RuleFailures[];
  readonly suspicions: readonly Suspicion[];
}
