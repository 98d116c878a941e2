import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { circuitElements, importCircuits, portKind, requiredPorts, type CircuitFamily, type DeviceType } from "@topogenie/core";

const path =
  process.env.TOPOGENIE_DATASET ?? fileURLToPath(new URL("../../../../shared/data/analoggenie-3015.tar.gz", import.meta.url));

export const datasetMissing = !existsSync(path);
/** To be put in a test's title, so that its being skipped is seen. */
export const DATASET_HINT = "(skipped without the AnalogGenie dataset: point TOPOGENIE_DATASET at a copy)";

export interface DatasetShare {
  readonly circuits: number;
  /** With the ports that the family asks for and no others, and obeying its own rules. */
  readonly eligible: number;
  /** Of those, how many the family's benches can be drawn for. */
  readonly benched: number;
}

/** How many of the dataset's circuits numbered within `ranges` a family's ports and benches take. */
export async function datasetShare(
  family: CircuitFamily,
  deviceTypes: ReadonlyMap<string, DeviceType>,
  ranges: readonly (readonly [first: number, last: number])[],
): Promise<DatasetShare> {
  const { circuits } = await importCircuits(path, { deviceTypes });
  const ofType = circuits.filter(({ name }) => ranges.some(([first, last]) => Number(name) >= first && Number(name) <= last));
  const kinds = new Set(family.ports.map(({ kind }) => kind));
  const rules = [requiredPorts(family.ports), ...family.rules];
  const eligible = ofType.filter(
    (circuit) =>
      circuit.ports.every((port) => kinds.has(portKind(port))) &&
      rules.every((rule) => rule.check(circuit, deviceTypes).length === 0),
  );
  const benched = eligible.filter((circuit) => family.testbenches(circuitElements(circuit, deviceTypes)).length > 0);
  return { circuits: ofType.length, eligible: eligible.length, benched: benched.length };
}
