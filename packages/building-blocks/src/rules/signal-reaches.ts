import { isRail, type Circuit, type DeviceType } from "@topogenie/core";
import { conductingPins, controlPins } from "./control-pins.js";

/**
 * Whether a signal on net `from` reaches a net that is a `target`, which `from` itself may be. A signal enters a device at any
 * pin but a bulk and leaves it at those that carry current, or through a capacitor; it ends at the rails and at `blocked` nets.
 */
export function signalReaches(
  circuit: Circuit,
  deviceTypes: ReadonlyMap<string, DeviceType>,
  from: string,
  target: (net: string) => boolean,
  blocked: ReadonlySet<string> = new Set(),
): boolean {
  const seen = new Set([from]);
  const queue = [from];
  for (let net = queue.pop(); net !== undefined; net = queue.pop()) {
    if (target(net)) return true;
    for (const { device, pin } of circuit.nets.get(net) ?? []) {
      const { type: typeName, nets } = circuit.devices[device] ?? { type: "", nets: [] };
      const type = deviceTypes.get(typeName);
      if (type === undefined) continue;
      const through = throughPins(type);
      if (!through.has(pin) && !controlPins(type).has(pin) && !isLogic(type)) continue;
      for (const [index, next] of nets.entries()) {
        if (!(through.has(index) || isLogic(type)) || isRail(next) || blocked.has(next) || seen.has(next)) continue;
        seen.add(next);
        queue.push(next);
      }
    }
  }
  return false;
}

function throughPins(type: DeviceType): ReadonlySet<number> {
  return type.spiceLetter === "c" ? new Set(type.pins.keys()) : conductingPins(type);
}

function isLogic(type: DeviceType): boolean {
  return type.spiceLetter === "x";
}
