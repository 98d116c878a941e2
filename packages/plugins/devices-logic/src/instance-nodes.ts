import { TopogenieError, type DeviceInstance } from "@topogenie/core";

/** The instance's deck nodes by pin name. Throws `DEVICE_NODES` when there are not as many nodes as pins. */
export function instanceNodes<P extends string>(instance: DeviceInstance, pins: readonly P[]): Record<P, string> {
  if (instance.nodes.length !== pins.length) {
    throw new TopogenieError(
      "DEVICE_NODES",
      `Device "${instance.name}" has ${instance.nodes.length} nodes and needs ${pins.length}, in the order ${pins.join(" ")}.`,
    );
  }
  return Object.fromEntries(pins.map((pin, index) => [pin, instance.nodes[index]])) as Record<P, string>;
}
