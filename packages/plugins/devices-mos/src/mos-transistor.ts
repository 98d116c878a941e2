import type { DeckElement, DeviceInstance, Pin } from "@topogenie/core";

export const mosPins: readonly Pin[] = [
  { name: "D", title: "Drain" },
  { name: "G", title: "Gate" },
  { name: "S", title: "Source" },
  { name: "B", title: "Bulk" },
];

/** A MOSFET with its nodes in the order of {@link mosPins}, which is SPICE's own. */
export function mosElement(instance: DeviceInstance, model: string): DeckElement {
  return { kind: "mosfet", name: instance.name, nodes: instance.nodes, model: instance.model ?? model, values: instance.values };
}
