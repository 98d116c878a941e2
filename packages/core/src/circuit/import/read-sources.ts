import type { DeviceType } from "../../contracts/device-type.js";
import type { Circuit } from "../circuit.js";
import type { NetlistDiagnostic, NetlistReading } from "../netlist/diagnostic.js";
import { parseAnalogGenieNetlist } from "../netlist/read-analoggenie-netlist.js";
import { parseSpiceNetlist } from "../netlist/read-spice-netlist.js";
import { UniqueNames } from "../netlist/unique-names.js";
import { isNetlistPath, type RejectedFile, type SourceFile } from "./source-file.js";

export interface SourcesReading {
  readonly circuits: readonly Circuit[];
  readonly rejected: readonly RejectedFile[];
  readonly warnings: readonly NetlistDiagnostic[];
}

export interface ReadSourcesOptions {
  readonly deviceTypes: ReadonlyMap<string, DeviceType>;
  readonly models?: Readonly<Record<string, string>>;
}

const inNaturalOrder = new Intl.Collator("en", { numeric: true });

/**
 * Reads netlists in the natural order of their paths (2 before 10). A netlist `N.cir` beside a `PortN.txt` is in the
 * AnalogGenie layout, as is one whose lines look like `M1 (a b c d) nmos4`; every other one is SPICE. Circuit names that
 * come back get `_2`, `_3`, ….
 */
export function readSources(files: readonly SourceFile[], options: ReadSourcesOptions): SourcesReading {
  const portFiles = new Map(files.filter((file) => !isNetlistPath(file.path)).map((file) => [file.path.toLowerCase(), file]));
  const usedPorts = new Set<SourceFile>();
  const names = new UniqueNames();
  const circuits: Circuit[] = [];
  const rejected: RejectedFile[] = [];
  const warnings: NetlistDiagnostic[] = [];

  const netlists = files.filter((file) => isNetlistPath(file.path));
  for (const netlist of netlists.sort((left, right) => inNaturalOrder.compare(left.path, right.path))) {
    const ports = portFiles.get(portPath(netlist.path).toLowerCase());
    if (ports !== undefined) usedPorts.add(ports);
    if (ports === undefined && looksLikeAnalogGenie(netlist.text)) {
      const reason = `Its ports are missing: there is no ${portPath(netlist.path)}. Put one beside it, with lines such as: VDD VSS VIN1 VOUT1`;
      rejected.push({ file: netlist.path, line: 0, reason });
      continue;
    }
    const reading = read(netlist, ports, options);
    for (const diagnostic of reading.diagnostics) {
      if (diagnostic.severity === "warning") warnings.push(diagnostic);
      else rejected.push({ file: diagnostic.file, line: diagnostic.line, reason: diagnostic.message });
    }
    for (const circuit of reading.circuits) {
      const name = names.take(circuit.name);
      circuits.push(name === circuit.name ? circuit : circuit.renamed(name));
    }
  }
  for (const ports of portFiles.values()) {
    if (!usedPorts.has(ports)) {
      rejected.push({ file: ports.path, line: 0, reason: "There is no netlist for these ports: its .cir file is missing." });
    }
  }
  return { circuits, rejected, warnings };
}

function read(netlist: SourceFile, ports: SourceFile | undefined, options: ReadSourcesOptions): NetlistReading {
  if (ports === undefined) return parseSpiceNetlist(netlist.text, { ...options, fileName: netlist.path });
  return parseAnalogGenieNetlist(netlist.text, ports.text, {
    deviceTypes: options.deviceTypes,
    fileName: netlist.path,
    name: stem(netlist.path),
  });
}

/** `Dataset/7/7.cir` has its ports in `Dataset/7/Port7.txt`. */
function portPath(netlistPath: string): string {
  const folder = netlistPath.slice(0, netlistPath.lastIndexOf("/") + 1);
  return `${folder}Port${stem(netlistPath)}.txt`;
}

function stem(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1).replace(/\.[^.]*$/, "");
}

function looksLikeAnalogGenie(text: string): boolean {
  const line = /^(?![*.+]).*\S.*$/m.exec(text)?.[0] ?? "";
  return /^\s*[^\s()]+\s*\([^()]*\)\s*[^\s()=]+\s*$/.test(line) && !/^\s*\*/.test(line);
}
