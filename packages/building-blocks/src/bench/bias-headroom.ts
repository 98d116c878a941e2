import { GROUND, type DeckElement } from "@topogenie/core";
import { voltageAmplifier } from "./ideal-sources.js";

const PROBE = "tb_bias_headroom";

/**
 * What a transistor needs to be a current source: in weak inversion its current no longer follows its drain from four thermal
 * voltages on (Vittoz, Fellrath, CMOS analog integrated circuits based on weak inversion operation, IEEE J. Solid-State Circuits
 * 12, 1977), and in strong inversion from more.
 */
export const LEAST_HEADROOM_VOLTS = 0.1;

/** Elements that read the voltage across each ideal current source, for {@link biasHeadroom}. */
export function headroomProbes(elements: readonly DeckElement[]): readonly DeckElement[] {
  return elements
    .filter(({ kind }) => kind === "current")
    .map(({ nodes: [from = GROUND, to = GROUND] }, index) =>
      voltageAmplifier(`bias_headroom${index + 1}`, `${PROBE}${index + 1}`, GROUND, from, to, 1),
    );
}

/**
 * The least voltage across the ideal current sources of bias ports. One that stands at less than nothing gives power, and holds a
 * node where no transistor could: beyond the rail that it draws from.
 *
 * @param nodes volts by node at the operating point of a deck with {@link headroomProbes}
 * @returns volts; the supply's where there is no such source
 */
export function biasHeadroom(nodes: Readonly<Record<string, number>>, supplyVolts: number): number {
  const across = Object.entries(nodes).flatMap(([node, volts]) => (node.startsWith(PROBE) ? [volts] : []));
  return Math.min(supplyVolts, ...across);
}
