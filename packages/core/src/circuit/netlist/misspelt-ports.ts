import { isPortName, portKind } from "../ports.js";
import type { DiagnosticLog } from "./diagnostic.js";

/** Port kinds that the dataset misspells, and what is meant; the first one that the circuit uses wins, else the last. */
const misspeltKinds: ReadonlyMap<string, readonly string[]> = new Map([
  ["VCKL", ["VCLK"]],
  ["IN", ["IIN", "VIN"]],
  ["VLOGICA", ["LOGICA"]],
  ["VLOGICB", ["LOGICB"]],
]);

/** Right kinds that a port file names although the netlist uses another one (circuit 952 lists VREF1 for IREF1). */
const confusedKinds: ReadonlyMap<string, readonly string[]> = new Map([["VREF", ["IREF"]]]);

export interface CorrectedPorts {
  readonly ports: readonly string[];
  /** The right name of nets that the netlist itself misspells. */
  readonly renamedNets: ReadonlyMap<string, string>;
}

/**
 * Brings a dataset's port list and its netlist together. In this order:
 * a port that touches nothing takes the name that was meant, if the netlist uses that one;
 * a misspelt port that the netlist misspells too is renamed in both;
 * a net named like a port (`VB1`, `VDD`) that the list forgot becomes a port.
 * Each correction is a warning. A port that still touches nothing stays: that is for the electrical rules to say.
 *
 * @param nets every net of the netlist
 */
export function correctPorts(
  declared: readonly string[],
  nets: ReadonlySet<string>,
  portsText: string,
  log: DiagnosticLog,
): CorrectedPorts {
  const ports: string[] = [];
  const renamedNets = new Map<string, string>();
  const listed = new Set(declared);
  const warn = (message: string): void => log.warning(0, portsText.trim(), message);

  for (const port of declared) {
    const meant = correctName(port, nets, listed);
    if (meant === undefined) {
      ports.push(port);
      continue;
    }
    warn(`The port list says "${port}"; read as "${meant}".`);
    if (nets.has(port)) renamedNets.set(port, meant);
    listed.add(meant);
    ports.push(meant);
  }
  for (const net of nets) {
    if (isPortName(net) && !listed.has(net)) {
      warn(`Net "${net}" is named like a port, but the port list leaves it out; read as a port.`);
      listed.add(net);
      ports.push(net);
    }
  }
  return { ports, renamedNets };
}

function correctName(port: string, nets: ReadonlySet<string>, listed: ReadonlySet<string>): string | undefined {
  const kind = portKind(port);
  const number = port.slice(kind.length);
  const kinds = misspeltKinds.get(kind) ?? [];
  if (!nets.has(port)) {
    const candidates = [...kinds, ...(confusedKinds.get(kind) ?? [])].map((candidate) => candidate + number);
    return candidates.find((candidate) => nets.has(candidate) && !listed.has(candidate));
  }
  const used = [...nets, ...listed].map(portKind);
  const meantKind = kinds.find((candidate) => used.includes(candidate)) ?? kinds.at(-1);
  if (meantKind === undefined) return undefined;
  const meant = meantKind + number;
  return nets.has(meant) || listed.has(meant) ? undefined : meant;
}
