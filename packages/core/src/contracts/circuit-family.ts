import type { Circuit } from "../circuit/circuit.js";
import type { ElectricalRule } from "../circuit/rules/rule.js";
import type { Deck, DeckElement, ModelCard } from "./deck.js";
import type { DeviceParameter } from "./device-type.js";
import type { Analysis, SimulationOk } from "./simulator.js";

/** A kind of port (`VIN` for `VIN1`, `VIN2`, …) that the circuits of a family have. */
export interface PortRequirement {
  readonly kind: string;
  /** Of this kind and its `alternatives` together. */
  readonly minimum: number;
  /** Of this kind alone. */
  readonly maximum: number;
  readonly title: string;
  /** Other kinds, each with a requirement of its own, that serve as well: a loop's reference may be a `VIN` or a `LOGICA`. */
  readonly alternatives?: readonly string[];
}

export interface SeedTopology {
  readonly circuit: Circuit;
  readonly title: string;
  /** Book or paper, with chapter or figure, where the structure is found. */
  readonly citation: string;
}

/** The circuit under test, already turned into deck elements by the device types. */
export interface DeviceUnderTest {
  readonly circuit: Circuit;
  readonly elements: readonly DeckElement[];
  readonly models: readonly ModelCard[];
  /** Deck node of a net of the circuit; `VSS` is ground. */
  node(net: string): string;
}

/** A design variable of the bench, such as a bias voltage. */
export interface BiasVariable {
  readonly name: string;
  readonly title: string;
  readonly unit: string;
  readonly minimum: number;
  readonly maximum: number;
  readonly scale: "linear" | "log";
  readonly default: number;
  /** The deck values that it sets, as in {@link RunRequest.set}. */
  readonly sets: readonly string[];
}

export interface Testbench {
  readonly name: string;
  readonly deck: Deck;
  readonly variables: readonly BiasVariable[];
  readonly analyses: readonly Analysis[];
  readonly save: readonly string[];
  readonly timeoutMs: number;
  /** Curves worth drawing from this bench's result. */
  plots?(result: SimulationOk): readonly Plot[];
}

export interface Plot {
  readonly title: string;
  readonly x: { readonly title: string; readonly unit: string; readonly scale: "linear" | "log"; readonly values: Float64Array };
  readonly series: readonly { readonly title: string; readonly unit: string; readonly values: Float64Array }[];
}

export interface Measurement {
  readonly name: string;
  readonly title: string;
  readonly unit: string;
  readonly better: "higher" | "lower";
  /** How it is measured, in a sentence. */
  readonly method: string;
}

/** A bound on a measurement; either or both sides. */
export interface Constraint {
  readonly measurement: string;
  readonly atLeast?: number;
  readonly atMost?: number;
}

export interface Specification {
  readonly description: string;
  readonly constraints: readonly Constraint[];
}

export interface FigureOfMerit {
  readonly name: string;
  readonly formula: string;
  readonly unit: string;
  /** Paper or book that defines it. */
  readonly source: string;
  readonly better: "higher" | "lower";
  /** NaN when a measurement that it needs is missing. */
  evaluate(measured: Readonly<Record<string, number>>): number;
}

/** Contract: what a circuit is for. */
export interface CircuitFamily {
  readonly name: string;
  readonly title: string;
  /** Supply, load and temperature under which every figure holds, in a sentence. */
  readonly conditions: string;
  readonly ports: readonly PortRequirement[];
  /**
   * Where this family's sizes differ from what is usual on a chip, such as the microfarads of a power converter: bounds and
   * default of a device type's parameter, by `type.parameter` (`capacitor.c`), instead of the device type's own.
   */
  readonly bounds?: Readonly<Record<string, Pick<DeviceParameter, "minimum" | "maximum" | "default">>>;
  /** Rules beyond core's electrical rules. */
  readonly rules: readonly ElectricalRule[];
  /** The same seeds in the same order at every call. */
  seeds(): Iterable<SeedTopology>;
  /** One or more benches; each is run for every sizing. */
  testbenches(dut: DeviceUnderTest): readonly Testbench[];
  readonly measurements: readonly Measurement[];
  /** Results by bench name → values by measurement name; a measurement that could not be taken is left out. */
  measure(results: Readonly<Record<string, SimulationOk>>): Readonly<Record<string, number>>;
  readonly figureOfMerit: FigureOfMerit;
  /** Rung 6: the least that makes a circuit one of this family. */
  readonly minimumFunction: Specification;
  /** Rung 7: the specification asked for, unless the config gives another. */
  readonly specification: Specification;
}
