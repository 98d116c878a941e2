import type { DeviceType } from "../../contracts/device-type.js";
import { Circuit } from "../circuit.js";
import { GROUND_PORT } from "../ports.js";
import { DiagnosticLog, type NetlistReading, refuseErrors } from "./diagnostic.js";
import { parseEngineeringNumber } from "./engineering-number.js";
import { correctPorts } from "./misspelt-ports.js";
import { UniqueNames } from "./unique-names.js";
import { unknownDeviceType } from "./unknown-device-type.js";

export interface AnalogGenieOptions {
  /** The circuit's name. */
  readonly name: string;
  readonly deviceTypes: ReadonlyMap<string, DeviceType>;
  /** Named in errors. */
  readonly fileName: string;
}

interface DeviceLine {
  readonly name: string;
  readonly type: string;
  readonly nets: readonly string[];
  readonly values: Readonly<Record<string, number>>;
}

const deviceLinePattern = /^([^\s()]+)\s*\(([^()]*)\)\s*([^\s()=]+)((?:\s+[^\s()=]+=[^\s()=]+)*)$/;

/**
 * Reads a netlist in the layout of the AnalogGenie dataset: device lines `NAME (net net …) type`, and the ports in a file
 * of their own, separated by blanks.
 *
 * What the dataset needs: a device name that comes back is made unique (`M1`, `M1_2`); the fourth net of a bipolar
 * transistor, its substrate, is left out, because the device type has three pins; a net `0` anywhere else is ground, `VSS`
 * (the dataset has none); net names equal to a port save for case are that port; ports are corrected by {@link correctPorts}.
 *
 * @throws TopogenieError `NETLIST_INVALID` listing every line that cannot be read
 */
export function readAnalogGenieNetlist(netlistText: string, portsText: string, options: AnalogGenieOptions): Circuit {
  const reading = parseAnalogGenieNetlist(netlistText, portsText, options);
  refuseErrors(options.fileName, reading.diagnostics);
  return reading.circuits[0] as Circuit;
}

/** As {@link readAnalogGenieNetlist}, but returns what is wrong line by line; no circuit when there is an error. */
export function parseAnalogGenieNetlist(netlistText: string, portsText: string, options: AnalogGenieOptions): NetlistReading {
  const log = new DiagnosticLog(options.fileName);
  const lines = readDeviceLines(netlistText, options.deviceTypes, log);
  if (lines.length === 0 && log.errorCount === 0) {
    log.error(0, "", "The netlist has no devices. Write one line for each, such as: M1 (VOUT1 VIN1 VSS VSS) nmos4");
  }
  const declared = new Set(
    portsText
      .replace(/^\uFEFF/, "")
      .split(/[\s,;]+/)
      .filter((port) => port !== "")
      .map((port) => port.toUpperCase()),
  );
  if (declared.size === 0) {
    log.error(0, "", "The list of ports is empty. It must name at least VSS, separated by blanks, such as: VDD VSS VIN1 VOUT1");
  }
  if (log.errorCount > 0) return { circuits: [], diagnostics: log.entries };

  const portOf = (net: string): string => (declared.has(net.toUpperCase()) ? net.toUpperCase() : net);
  const nets = new Set(lines.flatMap((line) => line.nets.map(portOf)));
  const { ports, renamedNets } = correctPorts([...declared], nets, portsText, log);
  const names = new UniqueNames(new Set(lines.map((line) => line.name)));
  const seen = new Set<string>();
  const devices = lines.map((line) => {
    const name = seen.has(line.name) ? names.take(line.name) : line.name;
    seen.add(line.name);
    return { ...line, name, nets: line.nets.map((net) => renamedNets.get(portOf(net)) ?? portOf(net)) };
  });
  return { circuits: [new Circuit({ name: options.name, devices, ports })], diagnostics: log.entries };
}

function readDeviceLines(text: string, deviceTypes: ReadonlyMap<string, DeviceType>, log: DiagnosticLog): DeviceLine[] {
  const lines: DeviceLine[] = [];
  const typesByLowerCase = new Map([...deviceTypes.values()].map((type) => [type.name.toLowerCase(), type]));
  text
    .replace(/^\uFEFF/, "")
    .split(/\r\n|\n|\r/)
    .forEach((raw, index) => {
      const line = raw.trim();
      if (line === "" || line.startsWith("*") || line.startsWith("//")) return;
      const fail = (message: string): void => log.error(index + 1, raw, message);
      const match = deviceLinePattern.exec(line);
      if (match === null) {
        fail("This is no device line. Write: NAME (net net …) type, for example: M1 (VOUT1 VIN1 VSS VSS) nmos4");
        return;
      }
      const [, name = "", netList = "", typeName = "", parameters = ""] = match;
      const type = typesByLowerCase.get(typeName.toLowerCase());
      if (type === undefined) {
        fail(unknownDeviceType(typeName, [...deviceTypes.keys()]));
        return;
      }
      const nets = netList
        .split(/[\s,]+/)
        .filter((net) => net !== "")
        .map((net) => (net === "0" ? GROUND_PORT : net));
      const pins = type.pins.map((pin) => pin.name).join(" ");
      if (type.spiceLetter === "q" && nets.length === type.pins.length + 1) {
        const substrate = nets.pop();
        if (substrate !== GROUND_PORT) {
          log.warning(
            index + 1,
            raw,
            `The substrate net "${substrate ?? ""}" of ${name} is left out: ${type.name} has pins ${pins}.`,
          );
        }
      }
      if (nets.length !== type.pins.length) {
        fail(`${name} has ${nets.length} nets, but ${type.name} has ${type.pins.length} pins: ${pins}. Give one net for each.`);
        return;
      }
      const values = readValues(parameters, fail);
      if (values !== undefined) lines.push({ name, type: type.name, nets, values });
    });
  return lines;
}

function readValues(text: string, fail: (message: string) => void): Record<string, number> | undefined {
  const values: Record<string, number> = {};
  for (const assignment of text.split(/\s+/).filter((part) => part !== "")) {
    const [name = "", number = ""] = assignment.split("=");
    const value = parseEngineeringNumber(number);
    if (value === undefined) {
      fail(`"${number}" is no number. Write ${name.toLowerCase()} as in w=1u or r=10k.`);
      return undefined;
    }
    values[name.toLowerCase()] = value;
  }
  return values;
}
