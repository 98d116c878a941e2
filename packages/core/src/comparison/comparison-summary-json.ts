import type { ComparisonSummary } from "./comparison-summary.js";

/**
 * A summary as a JSON value. JSON has no infinity and no NaN, and null would not say which: a goal that was never reached is
 * the string `"Infinity"`, a figure that there is none of `"-Infinity"` or `"NaN"`, which Number() in JavaScript and float()
 * in Python read back.
 */
export function comparisonSummaryJson(summary: ComparisonSummary): Record<string, unknown> {
  const text = JSON.stringify(summary, (_key, value: unknown) =>
    typeof value === "number" && !Number.isFinite(value) ? String(value) : value,
  );
  return JSON.parse(text) as Record<string, unknown>;
}
