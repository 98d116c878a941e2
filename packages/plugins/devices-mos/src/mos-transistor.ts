import type { DeckElement, DeviceInstance, Pin } from "@topogenie/core";

export const mosPins: readonly Pin[] = [
  { name: "D", title: "Drain" },
  { name: "G", title: "Gate" },
  { name: "S", title: "Source" },
  { name: "B", title: "Bulk" },
];

/** Writes one MOSFET. `m`, the number of transistors in parallel, is kept where a netlist gives it, and is never sized. */
export function mosElement(instance: DeviceInstance, model: string): DeckElement {
  return { kind: "mosfet", name: instance.name, nodes: instance.nodes, model: instance.model ?? model, values: instance.values };
}
