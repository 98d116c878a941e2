import type { DeckElement } from "@topogenie/core";
import type { ActiveDevice } from "./active-device.js";

/** What the circuit's own devices do at a node: how many can give current to it, and how many can take current from it. */
export interface NodeCurrents {
  readonly given: number;
  readonly taken: number;
  /** A transistor whose control and output are both on the node. */
  readonly diode: "n" | "p" | undefined;
}

export function nodeCurrents(node: string, elements: readonly DeckElement[], devices: readonly ActiveDevice[]): NodeCurrents {
  let given = 0;
  let taken = 0;
  let diode: "n" | "p" | undefined;
  for (const { polarity, control, output, common } of devices) {
    const [source, sink] = polarity === "n" ? [common, output] : [output, common];
    if (source === node) given += 1;
    if (sink === node) taken += 1;
    if (output === node && control === node) diode = polarity;
  }
  for (const { kind, nodes } of elements) {
    if (kind === "mosfet" || kind === "bipolar" || kind === "capacitor" || !nodes.includes(node)) continue;
    given += 1;
    taken += 1;
  }
  return { given, taken, diode };
}
