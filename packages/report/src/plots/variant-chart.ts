import type { VariantSummary } from "@topogenie/core";
import { chartColours } from "./colours.js";
import { axisStyle, type Chart } from "./render-chart.js";

type MeasureName = keyof VariantSummary["measured"];

/** One measure of all variants as bars; undefined where fewer than two variants have it. */
export function variantChart(measure: MeasureName, variants: readonly VariantSummary[]): Chart | undefined {
  const bars = variants.flatMap(({ variant, measured: { [measure]: found } }) => {
    if (found === undefined) return [];
    return [{ variant, value: found.kind === "share" ? (100 * found.share.count) / found.share.of : found.mean }];
  });
  if (bars.length < 2) return undefined;
  const sample = variants.map(({ measured }) => measured[measure]).find((found) => found !== undefined);
  const unit = sample?.kind === "number" ? sample.unit : "% of attempts";
  return {
    title: `${measure} of each variant`,
    height: 70 + 26 * bars.length,
    option: {
      grid: { left: 190, right: 24, top: 10, bottom: 50 },
      xAxis: {
        ...axisStyle,
        type: "value",
        min: 0,
        ...(sample?.kind === "share" ? { max: 100 } : {}),
        name: unit === "" ? measure : `${measure} (${unit})`,
        nameLocation: "middle",
        nameGap: 30,
      },
      yAxis: {
        ...axisStyle,
        type: "category",
        inverse: true,
        data: bars.map(({ variant }) => variant),
        axisLabel: { ...axisStyle.axisLabel, hideOverlap: false, width: 175, overflow: "truncate" },
      },
      series: [
        { type: "bar", color: chartColours.first, barWidth: 14, data: bars.map(({ value }) => Number(value.toPrecision(6))) },
      ],
    },
  };
}
