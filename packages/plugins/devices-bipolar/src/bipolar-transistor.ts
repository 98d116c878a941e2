import type { DeckElement, DeviceInstance, DeviceParameter, Pin } from "@topogenie/core";

export const bipolarPins: readonly Pin[] = [
  { name: "C", title: "Collector" },
  { name: "B", title: "Base" },
  { name: "E", title: "Emitter" },
];

/** Bipolar transistors are used in whole units, so that ratios of areas are exact. */
export const bipolarParameters: readonly DeviceParameter[] = [
  { name: "area", title: "Units in parallel", unit: "1", minimum: 1, maximum: 32, scale: "log", default: 1, integer: true },
];

export function bipolarElement(instance: DeviceInstance, model: string): DeckElement {
  return { kind: "bipolar", name: instance.name, nodes: instance.nodes, model: instance.model ?? model, values: instance.values };
}
