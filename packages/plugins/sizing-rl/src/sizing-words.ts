import type { OptimizationProblem } from "@topogenie/core";

/** Values are written in so many steps of their range. */
export const VALUES = 32;
/** Stands for every word that training never met. */
export const UNKNOWN = "?";

/** A circuit as the policy reads it. */
export interface SizingWords {
  /** The circuit, with an empty word wherever a size is to be written. */
  readonly words: readonly string[];
  /** By dimension of the problem, the place of its size among the words; undefined for one without a meaning. */
  readonly places: readonly (number | undefined)[];
}

/**
 * The sizing steps of a circuit in words: its family, then for each device where it stands, and for each of its sizes what it
 * is, followed by its value. Sizes are so chosen one after the other, each knowing those before. A dimension without a meaning
 * is not written: there is nothing to learn about it that another problem shares.
 */
export function sizingWords({ family, dimensions }: OptimizationProblem): SizingWords {
  const words = [`family:${family ?? ""}`];
  let header = "";
  const places = dimensions.map(({ meaning }) => {
    if (meaning === undefined) return undefined;
    const device = [`x${Math.min(8, meaning.devices)}`, ...meaning.place];
    if (device.join(" ") !== header) words.push(...device);
    header = device.join(" ");
    words.push(meaning.quantity, "");
    return words.length - 1;
  });
  return { words, places };
}

export function valueWord(step: number): string {
  return `=${step}`;
}

/** The step that a coordinate of [0, 1] lies in. */
export function stepOf(coordinate: number): number {
  return Math.min(VALUES - 1, Math.max(0, Math.floor(coordinate * VALUES)));
}
