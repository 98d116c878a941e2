import type { Circuit } from "../circuit/circuit.js";
import type { DeviceType } from "../contracts/device-type.js";
import { TopogenieError } from "../runtime/error.js";

/** The words of a scheme, as far as circuits are checked against them. */
export interface SchemeWords {
  type(name: string): DeviceType | undefined;
  isPortName(port: string): boolean;
}

/**
 * The type of every device of a circuit that can be written as a sentence.
 * Throws `CIRCUIT_NOT_ENCODABLE` when it has no device, a port that nothing touches or that is written like none, or a device
 * whose type is not known or has another number of pins.
 */
export function writableTypes(circuit: Circuit, words: SchemeWords): readonly DeviceType[] {
  if (circuit.devices.length === 0) refuseCircuit(circuit, "it has no device");
  for (const port of circuit.ports) {
    if (!words.isPortName(port))
      refuseCircuit(circuit, `its port "${port}" is written like no port (a letter, then letters, digits or _)`);
    if (circuit.nets.get(port)?.length === 0)
      refuseCircuit(circuit, `no device touches its port ${port}. Connect it or remove it`);
  }
  return circuit.devices.map((device) => {
    const type = words.type(device.type);
    if (type === undefined) {
      return refuseCircuit(circuit, `device ${device.name} is of type "${device.type}", which no plugin of this run provides`);
    }
    if (device.nets.length !== type.pins.length) {
      refuseCircuit(
        circuit,
        `device ${device.name} touches ${device.nets.length} nets but a ${type.name} has ${type.pins.length} pins`,
      );
    }
    return type;
  });
}

/** Throws `CIRCUIT_NOT_ENCODABLE`. */
export function refuseCircuit(circuit: Circuit, why: string): never {
  throw new TopogenieError("CIRCUIT_NOT_ENCODABLE", `Circuit "${circuit.name}" cannot be written as a sentence: ${why}.`);
}
