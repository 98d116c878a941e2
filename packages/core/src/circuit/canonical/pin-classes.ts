import type { DeviceType } from "../../contracts/device-type.js";
import { TopogenieError } from "../../runtime/error.js";
import { unknownDeviceType } from "../netlist/unknown-device-type.js";
import type { Circuit, Device } from "../circuit.js";

/** For each pin of a device type the number of its class: pins that may be swapped have the same. */
export interface PinClasses {
  readonly type: DeviceType;
  /** Length: the type's pins. Classes are numbered in the order of their first pin. */
  readonly classOfPin: Int32Array;
}

const cache = new WeakMap<DeviceType, PinClasses>();

/** @throws TopogenieError `DEVICE_TYPE_UNKNOWN`; `CIRCUIT_INVALID` for the wrong number of nets */
export function pinClassesOf(circuit: Circuit, device: Device, deviceTypes: ReadonlyMap<string, DeviceType>): PinClasses {
  const type = deviceTypes.get(device.type);
  if (type === undefined) {
    throw new TopogenieError(
      "DEVICE_TYPE_UNKNOWN",
      `Device "${device.name}" of circuit "${circuit.name}": ${unknownDeviceType(device.type, [...deviceTypes.keys()])}`,
    );
  }
  if (device.nets.length !== type.pins.length) {
    throw new TopogenieError(
      "CIRCUIT_INVALID",
      `Device "${device.name}" of circuit "${circuit.name}" touches ${device.nets.length} nets, but ${type.name} has ` +
        `${type.pins.length} pins: ${type.pins.map((pin) => pin.name).join(" ")}. Give one net for each.`,
    );
  }
  let classes = cache.get(type);
  if (classes === undefined) {
    classes = { type, classOfPin: classify(type) };
    cache.set(type, classes);
  }
  return classes;
}

function classify(type: DeviceType): Int32Array {
  const classOfPin = new Int32Array(type.pins.length);
  const numbers = new Map<unknown, number>();
  type.pins.forEach((pin, index) => {
    const group = type.interchangeablePins.find((pins) => pins.includes(pin.name)) ?? pin;
    let number = numbers.get(group);
    if (number === undefined) {
      number = numbers.size;
      numbers.set(group, number);
    }
    classOfPin[index] = number;
  });
  return classOfPin;
}
