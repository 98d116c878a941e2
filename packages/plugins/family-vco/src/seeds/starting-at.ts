import { Circuit, type Device, type SeedTopology } from "@topogenie/core";

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
