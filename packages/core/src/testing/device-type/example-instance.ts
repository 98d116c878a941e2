import type { DeviceInstance, DeviceType } from "../../contracts/device-type.js";

export function valuesAt(type: DeviceType, which: "default" | "minimum" | "maximum"): Readonly<Record<string, number>> {
  return Object.fromEntries(type.parameters.map((parameter) => [parameter.name, parameter[which]]));
}

export function exampleInstance(type: DeviceType, values: Readonly<Record<string, number>>): DeviceInstance {
  return { name: "d_1", nodes: type.pins.map((_, index) => `n_${index}`), values, supply: "n_supply", ground: "0" };
}

/** Elements and nodes that a device adds begin with its own name, so that two devices never meet by accident. */
export function ownName(name: string, instance: DeviceInstance): boolean {
  return name === instance.name || name.startsWith(`${instance.name}_`);
}
