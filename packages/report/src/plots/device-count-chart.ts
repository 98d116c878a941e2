import { chartColours } from "./colours.js";
import { axisStyle, type Chart, legendStyle } from "./render-chart.js";

/** How large circuits are: the corpus beside what was generated, each as a share of its own total. */
export function deviceCountChart(generated: readonly number[], corpus: readonly number[]): Chart | undefined {
  const all = [...generated, ...corpus];
  if (all.length === 0) return undefined;
  const most = all.reduce((largest, count) => Math.max(largest, count), 1);
  const width = [1, 2, 5, 10, 20, 50, 100].find((candidate) => most / candidate <= 26) ?? Math.ceil(most / 26);
  const bins = Math.floor(most / width) + 1;
  const share = (counts: readonly number[]) => {
    const shares = new Array<number>(bins).fill(0);
    for (const count of counts) {
      const bin = Math.floor(count / width);
      shares[bin] = (shares[bin] ?? 0) + 100 / counts.length;
    }
    return shares.map((value) => Number(value.toFixed(3)));
  };
  const bar = (name: string, color: string, data: readonly number[]) => ({
    name,
    type: "bar" as const,
    color,
    barGap: "0%",
    barCategoryGap: "20%",
    data: [...data],
  });
  return {
    title: "Histogram of devices in a circuit, generated beside corpus",
    height: 290,
    option: {
      legend: { ...legendStyle, itemHeight: 10 },
      grid: { left: 58, right: 20, top: 36, bottom: 50 },
      xAxis: {
        ...axisStyle,
        type: "category",
        data: Array.from({ length: bins }, (_, bin) => (width === 1 ? `${bin}` : `${bin * width}–${(bin + 1) * width - 1}`)),
        name: "Devices in a circuit",
        nameLocation: "middle",
        nameGap: 30,
      },
      yAxis: { ...axisStyle, type: "value", name: "Share of circuits (%)", nameLocation: "middle", nameGap: 40 },
      series: [
        ...(generated.length > 0 ? [bar("Generated", chartColours.first, share(generated))] : []),
        ...(corpus.length > 0 ? [bar("Corpus", chartColours.second, share(corpus))] : []),
      ],
    },
  };
}
