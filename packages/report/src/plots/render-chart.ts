import { BarChart, LineChart } from "echarts/charts";
import { GridComponent, LegendComponent, MarkLineComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import type { EChartsOption } from "echarts";
import { escapeHtml } from "../html/escape.js";
import { chartColours, withVariables } from "./colours.js";

use([BarChart, LineChart, GridComponent, LegendComponent, MarkLineComponent, SVGRenderer]);

export const CHART_WIDTH = 560;

export interface Chart {
  readonly option: EChartsOption;
  readonly height: number;
  /** What is to be seen, for readers who cannot see it. */
  readonly title: string;
}

export const axisStyle = {
  nameTextStyle: { color: chartColours.text, fontSize: 13 },
  axisLabel: { color: chartColours.text, fontSize: 12, hideOverlap: true },
  axisLine: { lineStyle: { color: chartColours.axis } },
  axisTick: { lineStyle: { color: chartColours.axis } },
  splitLine: { lineStyle: { color: chartColours.grid } },
  minorTick: { show: false },
};

export const legendStyle = {
  top: 0,
  left: "center",
  icon: "rect",
  itemWidth: 18,
  itemHeight: 3,
  textStyle: { color: chartColours.text, fontSize: 12.5 },
};

/**
 * An SVG picture as wide as the page allows. Identical charts give identical bytes: the drawing library numbers its elements
 * through a whole process, so those numbers are taken out.
 *
 * @param id unique on the page
 */
export function renderChart(id: string, { option, height, title }: Chart): string {
  const chart = init(null, null, { renderer: "svg", ssr: true, width: CHART_WIDTH, height });
  try {
    chart.setOption({ animation: false, textStyle: { fontFamily: "Helvetica, Arial, sans-serif" }, ...option });
    return withVariables(
      chart
        .renderToSVGString()
        .replace(
          /^<svg [^>]*>/,
          `<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" viewBox="0 0 ${CHART_WIDTH} ${height}">\n<title>${escapeHtml(title)}</title>`,
        )
        .replace(/ class="[^"]*"/g, (match) => (match === ' class="chart"' ? match : ""))
        .replace(/<style[^>]*>[\s\S]*?<\/style>/g, "")
        .replace(/ pointer-events="visible"/g, "")
        .replace(/\bzr\d+-/g, `${id}-`)
        .replace(/\n+/g, "\n"),
    );
  } finally {
    chart.dispose();
  }
}
