import type { Constraint, Measurement, SizedCircuit, SizingSummary } from "@topogenie/core";
import { type Cell, dataTable } from "../html/data-table.js";
import { markup, type Html } from "../html/html.js";
import { formatBound, formatQuantity } from "../html/number-format.js";
import { isNumber } from "./headline.js";

export function bounds({ atLeast, atMost }: Constraint, unit: string): string {
  return [
    ...(atLeast === undefined ? [] : [`≥ ${formatBound(atLeast, unit)}`]),
    ...(atMost === undefined ? [] : [`≤ ${formatBound(atMost, unit)}`]),
  ].join(", ");
}

export function holds({ atLeast, atMost }: Constraint, value: number | null | undefined): boolean {
  return isNumber(value) && (atLeast === undefined || value >= atLeast) && (atMost === undefined || value <= atMost);
}

/** Each measurement of a circuit beside what was asked for. */
export function measuredTable(circuit: SizedCircuit, sizing: SizingSummary): Html {
  const rows = sizing.measurements.map((measurement): (Cell | string)[] => {
    const value = circuit.measured[measurement.name];
    const constraint = (list: readonly Constraint[]) => list.find((one) => one.measurement === measurement.name);
    const [specified, minimum] = [constraint(sizing.specification.constraints), constraint(sizing.minimumFunction.constraints)];
    return [
      { content: markup`<span title="${measurement.method}">${measurement.title}</span>` },
      isNumber(value) ? { content: formatQuantity(value, measurement.unit), value } : { content: "not measured" },
      verdict(minimum, measurement, value),
      verdict(specified, measurement, value),
    ];
  });
  return dataTable(
    "Measured figures against what was asked for",
    [{ title: "Figure" }, { title: "Measured", numeric: true }, { title: "Minimum function" }, { title: "Specification" }],
    rows,
  );
}

function verdict(constraint: Constraint | undefined, measurement: Measurement, value: number | null | undefined): Cell {
  if (constraint === undefined) return { content: "" };
  const met = holds(constraint, value);
  return {
    content: markup`${bounds(constraint, measurement.unit)}
      <span class="${met ? "pass" : "fail"}">${met ? "✓ met" : "✗ missed"}</span>`,
  };
}
