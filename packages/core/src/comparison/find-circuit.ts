import { resolve } from "node:path";
import type { Circuit } from "../circuit/circuit.js";
import { importCircuits } from "../circuit/import/import-circuits.js";
import type { CircuitFamily } from "../contracts/circuit-family.js";
import type { DeviceType } from "../contracts/device-type.js";
import { TopogenieError } from "../runtime/error.js";
import { didYouMean } from "../runtime/nearest.js";

/**
 * The circuit that a problem names: a seed topology of the family, or the first circuit of a netlist.
 * Throws `PROBLEM_CIRCUIT`, naming the problem, when it names none or both, or there is no such circuit.
 */
export async function findCircuit(
  problem: string,
  { seed, netlist }: { readonly seed?: string; readonly netlist?: string },
  family: CircuitFamily,
  folder: string,
  deviceTypes: ReadonlyMap<string, DeviceType>,
): Promise<Circuit> {
  const refuse = (message: string): TopogenieError => new TopogenieError("PROBLEM_CIRCUIT", `problems.${problem}: ${message}`);
  if ((seed === undefined) === (netlist === undefined)) throw refuse("give its circuit by either seed or netlist.");
  if (netlist !== undefined) {
    const { circuits, rejected } = await importCircuits(resolve(folder, netlist), { deviceTypes });
    const [first] = circuits;
    if (first !== undefined) return first;
    const [wrong] = rejected;
    throw refuse(`${netlist} holds no circuit${wrong === undefined ? "." : `: line ${wrong.line}: ${wrong.reason}`}`);
  }
  const names: string[] = [];
  for (const { circuit, title } of family.seeds()) {
    if (circuit.name === seed || title === seed) return circuit;
    names.push(circuit.name, title);
  }
  throw refuse(
    `${family.name} has no seed topology "${seed ?? ""}".${didYouMean(seed ?? "", names)} ` +
      `topogenie corpus build ${family.name} writes them all into a file, with their names and titles.`,
  );
}
