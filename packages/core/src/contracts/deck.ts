/**
 * A deck is what a simulator runs: typed elements, never text. Names are `[a-z][a-z0-9_]*`, numbers are finite;
 * a simulator refuses anything else, so nothing from a netlist can become a control command or a file path.
 */
export interface Deck {
  readonly title: string;
  readonly elements: readonly DeckElement[];
  readonly models: readonly ModelCard[];
  /** Degrees Celsius. Default 27. */
  readonly temperatureCelsius?: number;
  /**
   * Whether a transient analysis may keep a device's currents while its voltages hardly move (SPICE's BYPASS). Results then
   * differ within the solver's tolerance; of circuits that mostly rest, such as logic, a native ngspice then takes a fifth to a
   * third less time. Default false.
   */
  readonly bypass?: boolean;
}

/** The node that is 0 V. */
export const GROUND = "0";

/** SPICE letter, node count and settable values of every element kind. Values in SI units. */
export const elementKinds = {
  resistor: { letter: "r", nodes: 2, values: ["r"], model: false },
  capacitor: { letter: "c", nodes: 2, values: ["c"], model: false },
  inductor: { letter: "l", nodes: 2, values: ["l"], model: false },
  /** Nodes drain, gate, source, bulk. */
  mosfet: { letter: "m", nodes: 4, values: ["w", "l", "m"], model: true },
  /** Nodes collector, base, emitter. */
  bipolar: { letter: "q", nodes: 3, values: ["area", "m"], model: true },
  diode: { letter: "d", nodes: 2, values: ["area", "m"], model: true },
  /** Nodes plus, minus. `acmag` in volts, `acphase` in degrees. */
  voltage: { letter: "v", nodes: 2, values: ["dc", "acmag", "acphase"], model: false },
  /** Current flows from the first node through the source to the second. */
  current: { letter: "i", nodes: 2, values: ["dc", "acmag", "acphase"], model: false },
  /** Voltage-controlled voltage source: nodes out+, out-, control+, control-. */
  vcvs: { letter: "e", nodes: 4, values: ["gain"], model: false },
  /** Voltage-controlled current source; `gain` in siemens. */
  vccs: { letter: "g", nodes: 4, values: ["gain"], model: false },
  /** Voltage-controlled switch: nodes +, -, control+, control-. */
  switch: { letter: "s", nodes: 4, values: [], model: true },
} as const;

export type ElementKind = keyof typeof elementKinds;

/** A time course for a voltage or current source; seconds, volts or amperes. */
export type Waveform =
  | {
      readonly kind: "pulse";
      readonly low: number;
      readonly high: number;
      readonly delayS: number;
      readonly riseS: number;
      readonly fallS: number;
      readonly widthS: number;
      readonly periodS: number;
    }
  | {
      readonly kind: "sine";
      readonly offset: number;
      readonly amplitude: number;
      readonly frequencyHz: number;
      readonly delayS?: number;
    }
  | { readonly kind: "pwl"; readonly points: readonly (readonly [timeS: number, value: number])[] };

export interface DeckElement {
  readonly kind: ElementKind;
  /** Unique in the deck, without the SPICE letter: the writer puts it in front. */
  readonly name: string;
  readonly nodes: readonly string[];
  /** Name of a {@link ModelCard}; needed where {@link elementKinds} says so. */
  readonly model?: string;
  /** The element's values by the names in {@link elementKinds}. */
  readonly values: Readonly<Record<string, number>>;
  readonly waveform?: Waveform;
}

/** A `.model` line. */
export interface ModelCard {
  readonly name: string;
  readonly type: "nmos" | "pmos" | "npn" | "pnp" | "d" | "sw" | "r" | "c";
  readonly parameters: Readonly<Record<string, number>>;
}
