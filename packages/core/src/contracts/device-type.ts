import type { DeckElement, ModelCard } from "./deck.js";

/** One terminal of a device. */
export interface Pin {
  /** As in netlists of the dataset and in tokens, for example `D`. */
  readonly name: string;
  readonly title: string;
}

/** A size or value of a device that an optimizer may choose. */
export interface DeviceParameter {
  /** SPICE name, lower case, for example `w`. */
  readonly name: string;
  readonly title: string;
  /** SI unit: `m`, `ohm`, `F`, `H`, or `1` for a count. */
  readonly unit: string;
  readonly minimum: number;
  readonly maximum: number;
  readonly scale: "linear" | "log";
  readonly default: number;
  /** Only whole numbers are allowed. */
  readonly integer?: boolean;
}

/**
 * How a device is drawn. Coordinates are in a grid of 10 units a step; the pin positions are where wires end.
 * The drawing is for the device upright, with current flowing from top to bottom where it has a direction.
 */
export interface SchematicSymbol {
  readonly width: number;
  readonly height: number;
  readonly pins: Readonly<
    Record<string, { readonly x: number; readonly y: number; readonly side: "north" | "south" | "east" | "west" }>
  >;
  /** SVG path data, stroked and not filled. */
  readonly strokes: readonly string[];
  /** SVG path data, filled with the stroke's colour (arrow heads, dots). */
  readonly fills: readonly string[];
}

/** What a device type needs in order to write itself into a deck. */
export interface DeviceInstance {
  /** Unique in the deck, `[a-z][a-z0-9_]*`. */
  readonly name: string;
  /** Deck nodes in the order of {@link DeviceType.pins}. */
  readonly nodes: readonly string[];
  /** Value of each parameter in {@link DeviceType.parameters}, in its unit. */
  readonly values: Readonly<Record<string, number>>;
  /** The model to use instead of the device type's own, from the user's library. */
  readonly model?: string;
  /** Deck nodes of the supplies, for devices that are subcircuits. */
  readonly supply: string;
  readonly ground: string;
}

/** Contract: what a device is. */
export interface DeviceType {
  /** The word at the end of a device line, for example `nmos4`. */
  readonly name: string;
  /** Device tokens are this and a number, for example `NM` gives `NM1`. Upper case letters and underscores. */
  readonly tokenPrefix: string;
  /** The letter with which SPICE begins this device's lines, lower case; `x` for subcircuits. */
  readonly spiceLetter: string;
  readonly title: string;
  readonly pins: readonly Pin[];
  /** Groups of pins that may be swapped without changing the topology, for example `[["D", "S"]]`. */
  readonly interchangeablePins: readonly (readonly string[])[];
  /** Pairs of pins between which a direct current can flow. */
  readonly conduction: readonly (readonly [string, string])[];
  readonly parameters: readonly DeviceParameter[];
  /** Model cards that {@link toSpice} refers to. */
  readonly models: readonly ModelCard[];
  /** One device may become several elements (logic blocks); their names must begin with the instance's name. */
  toSpice(instance: DeviceInstance): readonly DeckElement[];
  readonly symbol: SchematicSymbol;
}
