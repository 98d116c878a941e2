import type { Trial } from "@topogenie/core";
import { stringify } from "csv-stringify/sync";
import { parquetWriteBuffer } from "hyparquet-writer";

/** Raw data of a comparison, by file name: each table as CSV and as Parquet. */
export function comparisonData(trials: readonly Trial[]): ReadonlyMap<string, string | Uint8Array> {
  const files = new Map<string, string | Uint8Array>();
  for (const [name, columns] of Object.entries({ trials: trialColumns(trials), progress: progressColumns(trials) })) {
    files.set(`${name}.csv`, csv(columns));
    files.set(`${name}.parquet`, parquet(columns));
  }
  return files;
}

type Column =
  | { readonly name: string; readonly type: "STRING"; readonly data: readonly string[] }
  | { readonly name: string; readonly type: "INT32" | "DOUBLE"; readonly data: readonly (number | undefined)[] }
  | { readonly name: string; readonly type: "BOOLEAN"; readonly data: readonly boolean[] };

/** One row a trial: what it ended with. */
function trialColumns(trials: readonly Trial[]): Column[] {
  return [
    ...keyColumns(trials),
    { name: "simulations", type: "INT32", data: trials.map((trial) => trial.simulations) },
    { name: "failed_simulations", type: "INT32", data: trials.map((trial) => trial.failedSimulations) },
    ...resultColumns(trials),
  ];
}

/** One row for each time that the best of a trial rose. */
function progressColumns(trials: readonly Trial[]): Column[] {
  const rows = trials.flatMap((trial) => trial.progress.map((point) => ({ trial, point })));
  return [
    ...keyColumns(rows.map(({ trial }) => trial)),
    { name: "simulations", type: "INT32", data: rows.map(({ point }) => point.simulations) },
    ...resultColumns(rows.map(({ point }) => point)),
  ];
}

function keyColumns(trials: readonly Trial[]): Column[] {
  return [
    { name: "problem", type: "STRING", data: trials.map(({ problem }) => problem) },
    { name: "optimizer", type: "STRING", data: trials.map(({ optimizer }) => optimizer) },
    { name: "repeat", type: "INT32", data: trials.map(({ repeat }) => repeat) },
  ];
}

function resultColumns(results: readonly Pick<Trial, "functional" | "onSpec" | "violation" | "figureOfMerit">[]): Column[] {
  return [
    { name: "functional", type: "BOOLEAN", data: results.map(({ functional }) => functional) },
    { name: "on_spec", type: "BOOLEAN", data: results.map(({ onSpec }) => onSpec) },
    { name: "violation", type: "DOUBLE", data: results.map(({ violation }) => violation) },
    { name: "figure_of_merit", type: "DOUBLE", data: results.map(({ figureOfMerit }) => figureOfMerit) },
  ];
}

function csv(columns: readonly Column[]): string {
  const rows = (columns[0]?.data ?? []).map((_, index) => columns.map(({ data }) => data[index]));
  return stringify(rows, { header: true, columns: columns.map(({ name }) => name), cast: { boolean: String } });
}

function parquet(columns: readonly Column[]): Uint8Array {
  return new Uint8Array(
    parquetWriteBuffer({
      columnData: columns.map(({ name, type, data }) => ({ name, type, data: [...data], nullable: type === "DOUBLE" })),
    }),
  );
}
