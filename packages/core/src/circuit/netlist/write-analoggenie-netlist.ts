import type { DeviceType } from "../../contracts/device-type.js";
import { TopogenieError } from "../../runtime/error.js";
import type { Circuit } from "../circuit.js";
import { formatEngineeringNumber } from "./engineering-number.js";

export interface AnalogGenieFiles {
  /** `N.cir`, with a final newline. */
  readonly netlist: string;
  /** `PortN.txt`, with a final newline. */
  readonly ports: string;
}

/**
 * Writes a circuit in the layout of the AnalogGenie dataset, which {@link readAnalogGenieNetlist} reads back as it was.
 * Bipolar transistors get the dataset's fourth net, the substrate `0`.
 *
 * @throws TopogenieError `NETLIST_UNWRITABLE` for a name that the layout cannot hold
 */
export function writeAnalogGenieNetlist(
  circuit: Circuit,
  options: { readonly deviceTypes: ReadonlyMap<string, DeviceType> },
): AnalogGenieFiles {
  const checked = (name: string): string => {
    if (/^[^\s(),=;]+$/.test(name) && !/^(\*|\/\/)/.test(name)) return name;
    throw new TopogenieError(
      "NETLIST_UNWRITABLE",
      `Circuit "${circuit.name}" uses the name "${name}", which the AnalogGenie layout cannot hold. ` +
        `Rename it without blanks, brackets, commas, semicolons or "=".`,
    );
  };
  const lines = circuit.devices.map((device) => {
    const type = options.deviceTypes.get(device.type);
    const nets = device.nets.map(checked);
    if (type?.spiceLetter === "q" && nets.length === 3) nets.push("0");
    const values = Object.entries(device.values).map(([name, value]) => ` ${name}=${formatEngineeringNumber(value)}`);
    return `${checked(device.name)} (${nets.join(" ")}) ${checked(device.type)}${values.join("")}\n`;
  });
  return { netlist: lines.join(""), ports: `${circuit.ports.map(checked).join(" ")}\n` };
}
