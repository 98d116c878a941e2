import type { TrainingSummary } from "@topogenie/core";
import { formatCount } from "../html/number-format.js";
import { chartColours } from "./colours.js";
import { axisStyle, type Chart, legendStyle } from "./render-chart.js";

/** Cross-entropy on training batches and on held-out circuits against the optimizer's steps. */
export function lossChart(curve: TrainingSummary["curve"]): Chart | undefined {
  const training = curve.flatMap(({ step, trainingLoss }) => (Number.isFinite(trainingLoss) ? [[step, trainingLoss]] : []));
  const validation = curve.flatMap(({ step, validationLoss }) =>
    validationLoss !== undefined && Number.isFinite(validationLoss) ? [[step, validationLoss]] : [],
  );
  if (training.length === 0 && validation.length === 0) return undefined;
  const line = (name: string, color: string, data: number[][], dashed: boolean) => ({
    name,
    type: "line" as const,
    color,
    showSymbol: data.length < 30 && (dashed || data.length === 1),
    symbol: "circle",
    symbolSize: 5,
    lineStyle: { width: 2 },
    data,
  });
  return {
    title: "Training and validation loss against optimizer steps",
    height: 300,
    option: {
      legend: legendStyle,
      grid: { left: 62, right: 24, top: 36, bottom: 50 },
      xAxis: {
        ...axisStyle,
        type: "value",
        min: 0,
        max: "dataMax",
        name: "Step",
        nameLocation: "middle",
        nameGap: 28,
        splitLine: { show: false },
        axisLabel: { ...axisStyle.axisLabel, formatter: formatCount },
      },
      yAxis: { ...axisStyle, type: "value", scale: true, name: "Loss (nats a token)", nameLocation: "middle", nameGap: 42 },
      series: [
        ...(training.length > 0 ? [line("Training", chartColours.first, training, false)] : []),
        ...(validation.length > 0 ? [line("Validation", chartColours.second, validation, true)] : []),
      ],
    },
  };
}
