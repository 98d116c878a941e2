import type { SizedCircuit, SizedPoint, SizingSummary } from "@topogenie/core";
import { formatSize } from "../html/number-format.js";
import { chartColours } from "./colours.js";
import { withUnit } from "./plot-chart.js";
import { axisStyle, type Chart } from "./render-chart.js";

/** The objective that is the figure of merit instead of a measurement. */
const FIGURE_OF_MERIT = "figureOfMerit";

export interface FrontAxis {
  readonly title: string;
  readonly unit: string;
  readonly better: "higher" | "lower";
  /** Undefined when the sizing has no such figure. */
  readonly read: (point: Pick<SizedPoint, "measured" | "figureOfMerit">) => number | undefined;
}

/** A sizing's objectives with their names and units. */
export function frontAxes(sizing: Pick<SizingSummary, "objectives" | "measurements" | "figureOfMerit">): FrontAxis[] {
  return sizing.objectives.map((objective) => {
    if (objective === FIGURE_OF_MERIT) {
      const { name, unit, better } = sizing.figureOfMerit;
      return { title: name, unit, better, read: ({ figureOfMerit }) => figureOfMerit };
    }
    const measurement = sizing.measurements.find(({ name }) => name === objective);
    return {
      title: measurement?.title ?? objective,
      unit: measurement?.unit ?? "",
      better: measurement?.better ?? "higher",
      read: ({ measured }) => measured[objective],
    };
  });
}

/**
 * The Pareto front by its first two objectives, a point a sizing; with two objectives the points are joined by the steps between
 * which nothing better was found. Undefined with one objective, or where no sizing is on spec.
 */
export function frontChart({ front = [] }: Pick<SizedCircuit, "front">, axes: readonly FrontAxis[]): Chart | undefined {
  const [across, up] = axes;
  if (across === undefined || up === undefined) return undefined;
  const points = front
    .map((point) => [across.read(point), up.read(point)] as const)
    .filter((point): point is readonly [number, number] => point.every((value) => Number.isFinite(value)))
    .sort((a, b) => a[0] - b[0]);
  if (points.length === 0) return undefined;
  const further = axes.length > 2 ? `, by the first two of ${axes.length} objectives` : "";
  const axis = ({ title, unit }: FrontAxis) => ({
    ...axisStyle,
    type: "value" as const,
    scale: true,
    name: withUnit(title, unit),
    nameLocation: "middle" as const,
    axisLabel: { ...axisStyle.axisLabel, formatter: (value: number) => formatSize(value) },
  });
  return {
    title: `Pareto front${further}: sizings on spec of which none is better in all (${across.title}: ${across.better} is better; ${up.title}: ${up.better} is better)`,
    height: 300,
    option: {
      grid: { left: 66, right: 24, top: 16, bottom: 50 },
      xAxis: { ...axis(across), nameGap: 28, splitLine: { show: false } },
      yAxis: { ...axis(up), nameGap: 46 },
      series: [
        {
          type: "line" as const,
          // From each point the front goes on across first where more of that is worse, else up first.
          step: across.better === "lower" ? ("end" as const) : ("start" as const),
          color: chartColours.first,
          symbol: "circle",
          symbolSize: 7,
          lineStyle: { width: axes.length > 2 ? 0 : 1, type: "dashed" as const },
          data: points.map((point) => [...point]),
        },
      ],
    },
  };
}
