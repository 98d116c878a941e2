import type { Schematic } from "@topogenie/building-blocks";
import { Circuit, type Device, type SeedTopology } from "@topogenie/core";

/** A seed from a drawing and the parts of its title and citation; empty and missing ones are left out. */
export function seed(
  drawing: Schematic,
  name: string,
  titles: readonly string[],
  citations: readonly (string | undefined)[],
): SeedTopology {
  return {
    circuit: drawing.toCircuit(name),
    title: titles.filter((title) => title !== "").join(", "),
    citation: [...new Set(citations.filter((citation) => citation !== undefined))].join("; "),
  };
}

/**
 * The seed with sizes from which a search should begin: a circuit that does not oscillate at first shows the search no slope
 * towards one that does.
 */
export function startingAt(
  { circuit, ...rest }: SeedTopology,
  sizes: (device: Device) => Readonly<Record<string, number>> | undefined,
): SeedTopology {
  const devices = circuit.devices.map((device) => ({ ...device, values: sizes(device) ?? device.values }));
  return { ...rest, circuit: new Circuit({ name: circuit.name, ports: circuit.ports, devices }) };
}

/** How many of the choices differ from the first that is offered. */
export function departures(choices: readonly (readonly [chosen: string | boolean, usual: string | boolean])[]): number {
  return choices.filter(([chosen, usual]) => chosen !== usual).length;
}
