import type { DeviceType } from "../../contracts/device-type.js";
import { TopogenieError } from "../../runtime/error.js";
import type { Circuit, Device } from "../circuit.js";
import { formatEngineeringNumber } from "./engineering-number.js";
import { UniqueNames } from "./unique-names.js";
import { unknownDeviceType } from "./unknown-device-type.js";

/**
 * Writes a circuit as a `.subckt` that {@link readSpiceNetlist} reads back. A model is the device type's name; resistors,
 * capacitors and inductors are written with their value alone where they have one.
 *
 * SPICE reads the kind of a device from the first letter of its name and knows no case. A device named otherwise gets the
 * letter in front, and its own name in a comment that the reader understands (`XI5 … $ name: I5`); nets with characters
 * that SPICE cannot read, or that differ in case alone, are renamed.
 *
 * @throws TopogenieError `DEVICE_TYPE_UNKNOWN` for a device of no known type
 */
export function writeSpiceNetlist(circuit: Circuit, options: { readonly deviceTypes: ReadonlyMap<string, DeviceType> }): string {
  const nets = new SpiceNames();
  const ports = circuit.ports.map((port) => nets.of(port));
  const deviceNames = new SpiceNames();
  const lines = circuit.devices.map((device) => deviceLine(circuit, device, options.deviceTypes, nets, deviceNames));
  const name = legal(circuit.name);
  return [`* ${circuit.name.replace(/\s+/g, " ")}`, [".subckt", name, ...ports].join(" "), ...lines, `.ends ${name}`, ""].join(
    "\n",
  );
}

function deviceLine(
  circuit: Circuit,
  device: Device,
  deviceTypes: ReadonlyMap<string, DeviceType>,
  nets: SpiceNames,
  deviceNames: SpiceNames,
): string {
  const type = deviceTypes.get(device.type);
  if (type === undefined) {
    throw new TopogenieError(
      "DEVICE_TYPE_UNKNOWN",
      `Device "${device.name}" of circuit "${circuit.name}": ${unknownDeviceType(device.type, [...deviceTypes.keys()])}`,
    );
  }
  const letter = type.spiceLetter;
  const lettered = device.name.toLowerCase().startsWith(letter) ? device.name : letter.toUpperCase() + device.name;
  const name = deviceNames.of(lettered);
  const values = new Map(Object.entries(device.values));
  const sameLetter = [...deviceTypes.values()].filter((other) => other.spiceLetter === letter);
  const main = "rcl".includes(letter) ? values.get(letter) : undefined;
  const plain = main !== undefined && sameLetter[0] === type;
  if (plain) values.delete(letter);
  return [
    name,
    ...device.nets.map((net) => nets.of(net)),
    plain ? formatEngineeringNumber(main) : type.name,
    ...[...values].map(([parameter, value]) => `${parameter}=${formatEngineeringNumber(value)}`),
    ...(name === device.name || /\s/.test(device.name) ? [] : [`$ name: ${device.name}`]),
  ].join(" ");
}

function legal(name: string): string {
  const replaced = name.replace(/[\s(),=;$'"{}*+]/g, "_");
  return replaced === "" ? "_" : replaced;
}

/** SPICE names that differ in more than case, one for each name asked for. */
class SpiceNames {
  readonly #given = new Map<string, string>();
  // These are ground, or the supply, wherever they stand.
  readonly #unique = new UniqueNames(["0", "gnd", "gnd!", "vss!", "vdd!"], (name) => name.toLowerCase());

  of(name: string): string {
    const known = this.#given.get(name);
    if (known !== undefined) return known;
    const given = this.#unique.take(legal(name));
    this.#given.set(name, given);
    return given;
  }
}
