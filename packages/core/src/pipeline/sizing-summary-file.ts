import { Circuit, type CircuitParts } from "../circuit/circuit.js";
import type { Plot } from "../contracts/circuit-family.js";
import { writeJson } from "../runtime/atomic-file.js";
import { readJson } from "./read-json.js";
import type { SizedCircuit, SizingSummary } from "./report-data.js";

/** As JSON has it: curves as plain arrays, circuits as their parts. */
type Stored<T> = T extends Float64Array
  ? number[]
  : T extends Circuit
    ? CircuitParts
    : T extends readonly (infer Item)[]
      ? Stored<Item>[]
      : T extends object
        ? { [Key in keyof T]: Stored<T[Key]> }
        : T;

export async function writeSizingSummary(file: string, summary: SizingSummary): Promise<void> {
  await writeJson(
    file,
    JSON.parse(JSON.stringify(summary, (_key, value: unknown) => (value instanceof Float64Array ? Array.from(value) : value))),
  );
}

export async function readSizingSummary(file: string): Promise<SizingSummary> {
  const stored = await readJson<Stored<SizingSummary>>(file);
  return { ...stored, circuits: stored.circuits.map(reviveCircuit) };
}

function reviveCircuit(stored: Stored<SizedCircuit>): SizedCircuit {
  return { ...stored, circuit: new Circuit(stored.circuit), plots: stored.plots.map(revivePlot) };
}

function revivePlot(stored: Stored<Plot>): Plot {
  return {
    ...stored,
    x: { ...stored.x, values: Float64Array.from(stored.x.values) },
    series: stored.series.map((series) => ({ ...series, values: Float64Array.from(series.values) })),
  };
}
