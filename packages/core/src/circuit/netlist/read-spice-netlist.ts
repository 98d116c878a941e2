import { basename } from "node:path";
import type { DeviceType } from "../../contracts/device-type.js";
import { Circuit } from "../circuit.js";
import { GROUND_PORT, isPortName } from "../ports.js";
import { DiagnosticLog, type NetlistReading, refuseErrors } from "./diagnostic.js";
import { flattenSubcircuit, type FlatDevice, type SpiceBody } from "./flatten-subcircuit.js";
import { readSpiceElement } from "./spice-device-line.js";
import { spiceModels, type SpiceModels } from "./spice-models.js";
import { type SpiceScope, type SpiceScopes, spiceScopes } from "./spice-scopes.js";
import { type SpiceStatement, spiceStatements } from "./spice-statements.js";

export interface SpiceOptions {
  readonly deviceTypes: ReadonlyMap<string, DeviceType>;
  /** Named in errors; a circuit outside of any `.subckt` is named after it. */
  readonly fileName: string;
  /** Device type by model name, for models that do not tell by themselves, for example `{ "mn12": "nmos4" }`. */
  readonly models?: Readonly<Record<string, string>>;
}

/**
 * Reads the circuits of a SPICE netlist: each `.subckt` that no other one uses, and what stands outside of them unless it
 * is a testbench (has sources). Subcircuits of the file that a circuit uses are expanded in place.
 *
 * Case does not matter; ports are in upper case, internal nets keep their first spelling. Nets `0` and `gnd` are `VSS`,
 * `vdd!` is `VDD`. Ports are those of the `.subckt` line, of `.global`, and `VSS`; outside of a `.subckt` they are the nets
 * with port names ({@link isPortName}). The first line may be a title.
 *
 * @throws TopogenieError `NETLIST_INVALID` listing every line that cannot be read
 */
export function readSpiceNetlist(text: string, options: SpiceOptions): readonly Circuit[] {
  const reading = parseSpiceNetlist(text, options);
  refuseErrors(options.fileName, reading.diagnostics);
  return reading.circuits;
}

/** As {@link readSpiceNetlist}, but returns what is wrong line by line, and the circuits of a file without errors. */
export function parseSpiceNetlist(text: string, options: SpiceOptions): NetlistReading {
  const log = new DiagnosticLog(options.fileName);
  const statements = spiceStatements(text);
  const models = spiceModels(statements, options.deviceTypes, options.models ?? {});
  const scopes = spiceScopes(withoutTitle(statements, models, log), log);
  const bodies = new Map([...scopes.subcircuits].map(([key, scope]) => [key, readBody(scope, scopes, models, log)]));
  const outside = readOutside(scopes, models, log);
  const called = new Set(
    [...bodies.values(), ...outside].flatMap((body) => body.calls.map((call) => call.subcircuit.toLowerCase())),
  );
  const roots = [...outside, ...[...bodies].filter(([key]) => !called.has(key)).map(([, body]) => body)];
  if (roots.length === 0 && bodies.size > 0 && log.errorCount === 0) {
    log.error(0, "", "Every subcircuit is used by another one, so none of them is the circuit. Break the ring.");
  }
  const circuits = roots.flatMap((root) => {
    const devices = flattenSubcircuit(root, bodies, log);
    return log.errorCount > 0 ? [] : [new Circuit({ name: root.name, devices, ports: portsOf(root, devices) })];
  });
  if (roots.length === 0 && log.errorCount === 0) {
    log.error(0, "", "The file has no devices. Write one line for each, such as: M1 VOUT1 VIN1 VSS VSS nmos4");
  }
  return { circuits: log.errorCount > 0 ? [] : circuits, diagnostics: log.entries };
}

/** The first line of a SPICE file is a title unless it reads as something else. */
function withoutTitle(statements: readonly SpiceStatement[], models: SpiceModels, log: DiagnosticLog): readonly SpiceStatement[] {
  const first = statements[0];
  if (first?.line !== 1 || first.text.trim().startsWith(".")) return statements;
  const element = readSpiceElement(first, models, new Map());
  if (element.kind === "device" || element.kind === "source") return statements;
  if (element.kind === "call" && element.nets.length > 1) return statements;
  log.warning(1, first.text, "The first line is taken for a title, because it is no device.");
  return statements.slice(1);
}

function readOutside(scopes: SpiceScopes, models: SpiceModels, log: DiagnosticLog): SpiceBody[] {
  const { outside, subcircuits } = scopes;
  if (outside.statements.length === 0) return [];
  const source = outside.statements.find((statement) => readSpiceElement(statement, models, scopes.parameters).kind === "source");
  if (source !== undefined && subcircuits.size > 0) {
    log.warning(source.line, source.text, "What stands outside of .subckt has sources, so it is a testbench and is left out.");
    return [];
  }
  return [readBody(outside, scopes, models, log)];
}

function readBody(scope: SpiceScope, scopes: SpiceScopes, models: SpiceModels, log: DiagnosticLog): SpiceBody {
  const nets = new NetNames([...scope.ports, ...scopes.globals]);
  const devices: SpiceBody["devices"] = [];
  const calls: SpiceBody["calls"] = [];
  const lines = new Map<string, number>();
  for (const statement of scope.statements) {
    const { line, text } = statement;
    const element = readSpiceElement(statement, models, scopes.parameters);
    if (element.kind === "unreadable") {
      log.error(line, text, element.message);
      continue;
    }
    if (element.kind === "source") {
      log.error(
        line,
        text,
        `This is ${element.title}. A topology has no testbench: delete the line, or put the devices in a .subckt.`,
      );
      continue;
    }
    const first = lines.get(element.name.toLowerCase());
    if (first !== undefined) {
      log.error(line, text, `"${element.name}" is already the name of the device on line ${first}. Rename one of them.`);
      continue;
    }
    lines.set(element.name.toLowerCase(), line);
    const named = { ...element, nets: element.nets.map((net) => nets.name(net)), line, text };
    if (named.kind === "device") {
      if (named.unread.length > 0) log.warning(line, text, `Not a number, left out: ${named.unread.join(", ")}.`);
      devices.push(named);
    } else if (scopes.subcircuits.has(named.subcircuit.toLowerCase())) {
      calls.push(named);
    } else {
      log.error(
        line,
        text,
        `"${named.subcircuit}" is neither a device type nor a .subckt of this file. Define it here, or map it in models.`,
      );
    }
  }
  const ports = scope.ports.map((port) => nets.name(port));
  const repeated = ports.find((port, index) => ports.indexOf(port) !== index);
  if (repeated !== undefined && scope.header !== undefined) {
    log.error(scope.header.line, scope.header.text, `Port "${repeated}" is listed twice. Two ports cannot be one net.`);
  }
  const name = scope.name ?? basename(log.file).replace(/\.[^.]*$/, "");
  if (scope.header !== undefined && devices.length + calls.length === 0 && scope.statements.length === 0) {
    log.error(scope.header.line, scope.header.text, `Subcircuit "${name}" has no devices.`);
  }
  return {
    name,
    ports,
    globals: [GROUND_PORT, ...scopes.globals.map((net) => nets.name(net)), ...nets.globals],
    flat: scope.header === undefined,
    devices,
    calls,
  };
}

function portsOf(root: SpiceBody, devices: readonly FlatDevice[]): readonly string[] {
  const touched = new Set(devices.flatMap((device) => device.nets));
  const ports = new Set(root.ports);
  for (const net of root.globals) if (touched.has(net)) ports.add(net);
  if (root.flat) for (const net of touched) if (isPortName(net)) ports.add(net);
  return [...ports];
}

const globalNets: ReadonlyMap<string, string> = new Map([
  ["0", GROUND_PORT],
  ["gnd", GROUND_PORT],
  ["gnd!", GROUND_PORT],
  ["vss!", GROUND_PORT],
  ["vdd!", "VDD"],
]);

/** Gives every net one spelling: ports in upper case, others as they are first written. */
class NetNames {
  readonly #names = new Map<string, string>();
  /** Nets that are global by their name and were met. */
  readonly globals: string[] = [];

  constructor(ports: readonly string[]) {
    for (const port of ports) this.#names.set(port.toLowerCase(), globalNets.get(port.toLowerCase()) ?? port.toUpperCase());
  }

  name(net: string): string {
    const key = net.toLowerCase();
    const known = this.#names.get(key);
    if (known !== undefined) return known;
    const global = globalNets.get(key);
    if (global !== undefined) this.globals.push(global);
    const name = global ?? (isPortName(net.toUpperCase()) ? net.toUpperCase() : net);
    this.#names.set(key, name);
    return name;
  }
}
