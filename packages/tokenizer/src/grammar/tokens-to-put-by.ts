import { type PinVocabulary } from "@topogenie/core";

/** What an unfinished sentence has to come back for, besides its open arcs. */
export interface Waiting {
  /** Stranded parts by their way back. */
  readonly ownParts: number;
  readonly linkParts: number;
  readonly rootParts: number;
  /** Link edges of the `link` parts together. */
  readonly linkEdges: number;
  /** Required ports not yet seen. */
  readonly ports: number;
  readonly sparePins: number;
  /** Pins on the net of VSS. */
  readonly rootPins: number;
  /** Devices begun, save the one that is about to begin. */
  readonly devices: number;
  /** Type of the device that is about to begin, or -1. */
  readonly begun: number;
}

/**
 * An upper bound of the tokens that take care of everything that waits, by the ways described at `EulerianGrammar`;
 * Infinity when devices are too few.
 *
 * @param free devices not yet begun, by type
 */
export function tokensToPutBy(waiting: Waiting, types: PinVocabulary["types"], free: readonly number[], star: boolean): number {
  const { ownParts, ports, begun } = waiting;
  // A pin of an `own` part that joins VSS leads back to the `root` parts too.
  const rootParts = ownParts > 0 ? 0 : Math.min(1, waiting.rootParts);
  let { rootPins } = waiting;
  let tokens = 2 * (waiting.linkEdges + ports + rootParts * (rootPins + 1));
  for (let part = 0; part < ownParts; part++) tokens += 2 * (1 + (star ? 0 : rootPins++));

  let pinsShort = waiting.linkParts + rootParts + ports - waiting.sparePins;
  // A circuit has one device at least.
  if (waiting.devices === 0 && begun < 0) pinsShort = Math.max(pinsShort, 1);
  for (let type = 0; pinsShort > 0 && type < types.length; type++) {
    const pins = types[type]?.roles.pinCount ?? 0;
    const left = (free[type] ?? 0) - (type === begun ? 1 : 0);
    for (let device = 0; device < left && pinsShort > 0; device++) {
      tokens += 2 * (pins + 1 + (star ? 0 : rootPins++));
      pinsShort--;
    }
  }
  return pinsShort > 0 ? Infinity : tokens;
}
