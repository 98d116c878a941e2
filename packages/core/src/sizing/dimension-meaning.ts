import type { Circuit, Device } from "../circuit/circuit.js";
import { portKind } from "../circuit/ports.js";
import type { DeviceType } from "../contracts/device-type.js";
import type { DimensionMeaning } from "../contracts/sizing-optimizer.js";
import type { DesignVariable } from "./design-variables.js";
import { interchangeClasses } from "./symmetry-classes.js";

/**
 * What each design variable is in its circuit, in words that other circuits of the family share. A device's place is a word a
 * pin: `G:VIN` for a gate on an input port, `D:nmos4.D+pmos4.G` for a drain that meets drains and gates, `G:=D` where a pin
 * meets one of its own device. Interchangeable pins go by the first of them; what is on a net is named once, in order.
 */
export function dimensionMeanings(
  circuit: Circuit,
  deviceTypes: ReadonlyMap<string, DeviceType>,
  variables: readonly DesignVariable[],
): DimensionMeaning[] {
  const devices = new Map(circuit.devices.map((device) => [device.name, device]));
  return variables.map(({ name, sets }) => {
    if (sets.kind === "bias") {
      return { quantity: portKind(name), devices: 0, place: [`on:${netWord(circuit, deviceTypes, name, undefined)}`] };
    }
    const device = devices.get(sets.devices[0] ?? "");
    return {
      quantity: `${device?.type ?? ""}.${sets.parameter}`,
      devices: sets.devices.length,
      place: device === undefined ? [] : placeOf(device, circuit, deviceTypes),
    };
  });
}

function placeOf(device: Device, circuit: Circuit, deviceTypes: ReadonlyMap<string, DeviceType>): string[] {
  const pins = pinNames(device.type, deviceTypes);
  return device.nets.map((net, pin) => `${pins[pin] ?? pin}:${netWord(circuit, deviceTypes, net, device)}`).sort();
}

/** A port's kind, or what else is on the net. */
function netWord(circuit: Circuit, deviceTypes: ReadonlyMap<string, DeviceType>, net: string, from: Device | undefined): string {
  if (from !== undefined && circuit.isPort(net)) return portKind(net);
  const words = (circuit.nets.get(net) ?? []).flatMap(({ device, pin }) => {
    const other = circuit.devices[device];
    if (other === undefined) return [];
    const name = pinNames(other.type, deviceTypes)[pin] ?? String(pin);
    return other === from ? [`=${name}`] : [`${other.type}.${name}`];
  });
  return [...new Set(words)].sort().join("+");
}

/** Each pin by the first that it may be exchanged with. */
function pinNames(typeName: string, deviceTypes: ReadonlyMap<string, DeviceType>): string[] {
  const type = deviceTypes.get(typeName);
  return type === undefined ? [] : interchangeClasses(type).map((pin) => type.pins[pin]?.name ?? String(pin));
}
