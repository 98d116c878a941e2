import type { CurvePoint, ProblemSummary } from "@topogenie/core";
import { formatCount, formatSize } from "../html/number-format.js";
import { chartColours } from "./colours.js";
import { withUnit } from "./plot-chart.js";
import { axisStyle, type Chart, legendStyle } from "./render-chart.js";

const { first, second, third, fourth, fifth, sixth } = chartColours;
const colours = [first, second, third, fourth, fifth, sixth];
const dashes = ["solid", "dashed", "dotted"] as const;

/** Figure of merit of the best sizing on spec so far. Undefined when no median trial came so far. */
export function comparedFigure(problem: ProblemSummary): Chart | undefined {
  const { name, unit } = problem.figureOfMerit;
  return comparisonChart(
    problem,
    (point) => point.figureOfMerit,
    withUnit(name, unit),
    `${name} of the best sizing on spec so far`,
  );
}

/** How far the best sizing so far is off the specification. Undefined when no median trial has a sizing at all. */
export function comparedViolation(problem: ProblemSummary): Chart | undefined {
  return comparisonChart(
    problem,
    (point) => point.violation,
    "Violation",
    "How far the best sizing so far is off the specification",
  );
}

/** The median over the repeats as a line, the quartiles as thin lines of the same colour. */
function comparisonChart(
  { problem, optimizers }: ProblemSummary,
  read: (point: CurvePoint) => CurvePoint["violation"],
  axis: string,
  what: string,
): Chart | undefined {
  const drawable = optimizers
    .map(({ optimizer, curve }, index) => ({
      optimizer,
      index,
      points: curve.map((point) => ({ simulations: point.simulations, ...read(point) })),
    }))
    .filter(({ points }) => points.some(({ median }) => isDrawable(median)));
  if (drawable.length === 0) return undefined;
  return {
    title: `${what}, on ${problem}: median and quartiles over the repeats`,
    height: 300,
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
        name: axis,
        nameLocation: "middle",
        nameGap: 46,
        axisLabel: { ...axisStyle.axisLabel, formatter: (value: number) => formatSize(value) },
      },
      series: drawable.flatMap(({ optimizer, points, index }) => {
        const style = {
          type: "line" as const,
          step: "end" as const,
          showSymbol: false,
          color: colours[index % colours.length] ?? first,
        };
        const type = dashes[Math.floor(index / colours.length) % dashes.length] ?? "solid";
        const line = (side: "lower" | "median" | "upper", width: number, opacity: number) => ({
          ...style,
          // A quartile without a name of its own does not stand in the legend.
          ...(side === "median" ? { name: optimizer } : {}),
          lineStyle: { width, opacity, type },
          data: points.filter((point) => isDrawable(point[side])).map((point) => [point.simulations, point[side]]),
        });
        return [line("lower", 1, 0.35), line("upper", 1, 0.35), line("median", 2, 1)];
      }),
    },
  };
}

/** Failed simulations have the largest number there is for a violation, as JSON has no infinity. */
function isDrawable(value: number): boolean {
  return Number.isFinite(value) && value < Number.MAX_VALUE;
}
