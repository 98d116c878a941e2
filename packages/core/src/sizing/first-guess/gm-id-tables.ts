import type { ModelCard } from "../../contracts/deck.js";
import type { DeviceType } from "../../contracts/device-type.js";
import type { Simulator } from "../../contracts/simulator.js";
import { simulateGmIdTable, type GmIdTable } from "./gm-id-table.js";

/** From the shortest channel of a 180 nm process to where the threshold no longer depends on length. Metres. */
const LENGTHS: readonly number[] = [0.18e-6, 0.36e-6, 0.72e-6, 1.5e-6, 4e-6];

const known = new WeakMap<Simulator, Map<string, Promise<GmIdTable | string>>>();

/**
 * The table of a transistor's card, simulated once for a simulator and then kept: the user's own card gives another table
 * than the device type's. A string says why there is none.
 */
export function gmIdTable(
  simulator: Simulator,
  type: DeviceType,
  card: ModelCard,
  conditions: { readonly drainVolts: number; readonly temperatureCelsius: number },
): Promise<GmIdTable | string> {
  const width = type.parameters.find(({ name }) => name === "w");
  const length = type.parameters.find(({ name }) => name === "l");
  if (width === undefined || length === undefined) return Promise.resolve("it has no width and length");
  const lengths = LENGTHS.filter((value) => value >= length.minimum && value <= length.maximum);
  if (lengths.length === 0) lengths.push(length.default);
  const settings = { lengths, width: width.default, ...conditions };
  const tables = known.get(simulator) ?? new Map<string, Promise<GmIdTable | string>>();
  known.set(simulator, tables);
  const key = JSON.stringify([card, settings]);
  const table = tables.get(key) ?? simulateGmIdTable(simulator, card, settings);
  tables.set(key, table);
  return table;
}
