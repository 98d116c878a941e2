import type { SizedCircuit } from "@topogenie/core";
import { formatCount, formatSize } from "../html/number-format.js";
import { seriesColours } from "./colours.js";
import { axisStyle, type Chart, legendStyle } from "./render-chart.js";
import { withUnit } from "./plot-chart.js";

/** Best figure of merit so far against simulations spent: a staircase for each circuit. */
export function progressChart(
  circuits: readonly Pick<SizedCircuit, "name" | "progress" | "simulations">[],
  figureOfMerit: { readonly name: string; readonly unit: string },
): Chart | undefined {
  const drawable = circuits.filter(({ progress }) => progress.some((point) => Number.isFinite(point.figureOfMerit)));
  if (drawable.length === 0) return undefined;
  return {
    title: `${figureOfMerit.name} of the best sizing so far; it falls where a sizing comes closer to the specification`,
    height: drawable.length > 1 ? 300 : 260,
    option: {
      ...(drawable.length > 1 ? { legend: legendStyle } : {}),
      grid: { left: 66, right: 24, top: drawable.length > 1 ? 36 : 16, bottom: 50 },
      xAxis: {
        ...axisStyle,
        type: "value",
        min: 0,
        name: "Simulations",
        nameLocation: "middle",
        nameGap: 28,
        splitLine: { show: false },
        axisLabel: { ...axisStyle.axisLabel, formatter: formatCount },
      },
      yAxis: {
        ...axisStyle,
        type: "value",
        scale: true,
        name: withUnit(figureOfMerit.name, figureOfMerit.unit),
        nameLocation: "middle",
        nameGap: 46,
        axisLabel: { ...axisStyle.axisLabel, formatter: (value: number) => formatSize(value) },
      },
      series: drawable.map(({ name, progress, simulations }, index) => {
        const points = progress
          .filter((point) => Number.isFinite(point.figureOfMerit))
          .map((point) => [point.simulations, point.figureOfMerit]);
        const last = points.at(-1);
        // The best stays the best until the budget is spent.
        if (last !== undefined && (last[0] ?? 0) < simulations) points.push([simulations, last[1] ?? 0]);
        return {
          name,
          type: "line" as const,
          step: "end" as const,
          color: seriesColours[index % seriesColours.length] ?? seriesColours[0],
          showSymbol: false,
          lineStyle: { width: 2 },
          data: points,
        };
      }),
    },
  };
}
