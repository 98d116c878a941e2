import type { Plot } from "@topogenie/core";
import { formatSize } from "../html/number-format.js";
import { seriesColours } from "./colours.js";
import { axisStyle, type Chart, legendStyle } from "./render-chart.js";

const PANEL = 170;
const GAP = 28;
const TOP = 40;
const BOTTOM = 52;

/**
 * A family's curves: series of one unit share a panel, panels stand above one another over a common axis, as in a Bode plot.
 * Undefined when there is nothing to draw.
 */
export function plotChart(plot: Plot): Chart | undefined {
  const drawable = plot.series.filter(({ values }) => values.some((value) => Number.isFinite(value)));
  const units = [...new Set(drawable.map(({ unit }) => unit))];
  if (units.length === 0) return undefined;
  const logarithmic = plot.x.scale === "log" && plot.x.values.every((value) => value > 0);
  const height = TOP + units.length * PANEL + (units.length - 1) * GAP + BOTTOM;
  const last = units.length - 1;
  return {
    title: `${plot.title} against ${plot.x.title.toLowerCase()}`,
    height,
    option: {
      legend: { ...legendStyle, data: drawable.map(({ title }) => title) },
      grid: units.map((_, index) => ({ left: 66, right: 24, top: TOP + index * (PANEL + GAP), height: PANEL })),
      xAxis: units.map((_, gridIndex) => ({
        ...axisStyle,
        gridIndex,
        type: logarithmic ? ("log" as const) : ("value" as const),
        min: "dataMin",
        max: "dataMax",
        axisLabel: { ...axisStyle.axisLabel, show: gridIndex === last, formatter: (value: number) => formatSize(value) },
        axisLine: { ...axisStyle.axisLine, onZero: false },
        ...(gridIndex === last
          ? { name: withUnit(plot.x.title, plot.x.unit), nameLocation: "middle" as const, nameGap: 30 }
          : {}),
      })),
      yAxis: units.map((unit, gridIndex) => ({
        ...axisStyle,
        gridIndex,
        type: "value" as const,
        scale: true,
        splitNumber: 4,
        axisLine: { ...axisStyle.axisLine, onZero: false },
        axisLabel: {
          ...axisStyle.axisLabel,
          formatter: (value: number) => (unit === "dB" || unit === "°" ? String(value).replace("-", "−") : formatSize(value)),
        },
        name: withUnit(titleOf(drawable, unit), unit),
        nameLocation: "middle" as const,
        nameGap: 46,
      })),
      series: drawable.map(({ title, unit, values }, index) => ({
        name: title,
        type: "line" as const,
        showSymbol: false,
        lineStyle: { width: 2, type: index < seriesColours.length ? ("solid" as const) : ("dashed" as const) },
        color: seriesColours[index % seriesColours.length] ?? seriesColours[0],
        xAxisIndex: units.indexOf(unit),
        yAxisIndex: units.indexOf(unit),
        data: Array.from(values).flatMap((value, at) => {
          const x = plot.x.values[at];
          return x === undefined || !Number.isFinite(x) ? [] : [[x, Number.isFinite(value) ? value : "-"]];
        }),
      })),
    },
  };
}

function titleOf(series: Plot["series"], unit: string): string {
  const titles = series.filter((one) => one.unit === unit).map(({ title }) => title);
  return titles.length === 1 ? (titles[0] ?? "") : "";
}

export function withUnit(title: string, unit: string): string {
  if (unit === "" || unit === "1") return title;
  return title === "" ? unit : `${title} (${unit})`;
}
