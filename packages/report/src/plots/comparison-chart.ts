import type { ProblemSummary } from "@topogenie/core";
import { formatCount, formatSize } from "../html/number-format.js";
import { seriesColours } from "./colours.js";
import { withUnit } from "./plot-chart.js";
import { axisStyle, type Chart, legendStyle } from "./render-chart.js";

const dashes = ["solid", "dashed"] as const;

/** Best figure of merit so far: the median over the repeats as a line, the quartiles as thin lines of the same colour. */
export function comparisonChart({ problem, figureOfMerit, optimizers }: ProblemSummary): Chart | undefined {
  const drawable = optimizers
    .map((row, index) => ({ ...row, index, curve: row.curve.filter((point) => Number.isFinite(point.median)) }))
    .filter(({ curve }) => curve.length > 0);
  if (drawable.length === 0) return undefined;
  return {
    title: `${figureOfMerit.name} of the best sizing so far on ${problem}: median and quartiles over the repeats`,
    height: 320,
    option: {
      legend: { ...legendStyle, data: drawable.map(({ optimizer }) => optimizer) },
      grid: { left: 66, right: 24, top: 48, bottom: 50 },
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
      series: drawable.flatMap(({ optimizer, curve, index }) => {
        const style = {
          type: "line" as const,
          step: "end" as const,
          showSymbol: false,
          color: seriesColours[index % seriesColours.length] ?? seriesColours[0],
        };
        const type = dashes[Math.floor(index / seriesColours.length) % dashes.length] ?? "solid";
        const line = (side: "lower" | "median" | "upper", width: number, opacity: number) => ({
          ...style,
          // A quartile without a name of its own does not stand in the legend.
          ...(side === "median" ? { name: optimizer } : {}),
          lineStyle: { width, opacity, type },
          data: curve.filter((point) => Number.isFinite(point[side])).map((point) => [point.simulations, point[side]]),
        });
        return [line("lower", 1, 0.35), line("upper", 1, 0.35), line("median", 2, 1)];
      }),
    },
  };
}
