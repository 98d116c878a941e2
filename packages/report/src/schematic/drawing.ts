import type { DeviceDrawing } from "./device-drawing.js";
import type { Box, Point, Side } from "./geometry.js";
import type { Rail } from "./rails.js";

/** A finished schematic as geometry, before it becomes SVG. All coordinates on one sheet. */
export interface Drawing {
  readonly devices: readonly DrawnDevice[];
  readonly wires: readonly Wire[];
  readonly labels: readonly DrawnLabel[];
  readonly powers: readonly PowerSymbol[];
  readonly area: Box;
  /** Ports that no drawn terminal touches. */
  readonly unusedPorts: readonly string[];
  /** Devices whose bulk goes to its usual rail and is not drawn. */
  readonly hiddenBulks: boolean;
}

export interface DrawnDevice {
  readonly device: number;
  readonly at: Point;
  readonly drawing: DeviceDrawing;
}

/** One connected piece of a net. */
export interface Wire {
  readonly net: string;
  readonly segments: readonly (readonly [Point, Point])[];
  /** Where three or more lines meet. */
  readonly junctions: readonly Point[];
  /** Joins nothing but bulks. */
  readonly muted: boolean;
}

/** Names a piece of a net; pieces with the same name are joined. */
export interface DrawnLabel {
  readonly net: string;
  readonly port: boolean;
  /** The end of the wire that it names. */
  readonly at: Point;
  readonly side: Extract<Side, "east" | "west">;
  readonly box: Box;
  /** No free place was left: it may cover other lines. */
  readonly crowded: boolean;
}

/** A supply bar or a ground symbol at the end of a short line that points this way. */
export interface PowerSymbol {
  readonly rail: Rail;
  readonly net: string;
  readonly at: Point;
  readonly side: Side;
}
