/**
 * Colours of the charts: the first six tell series apart for readers of any colour vision (Okabe and Ito 2008). Each stands for
 * a variable of the page's style sheet, so that one picture serves light, dark and printed pages.
 */
export const chartColours = {
  first: "#0072b2",
  second: "#d55e00",
  third: "#009e73",
  fourth: "#cc79a7",
  fifth: "#e69f00",
  sixth: "#56b4e9",
  text: "#3a4652",
  axis: "#8a949e",
  grid: "#e3e7eb",
} as const;

export const seriesColours = [chartColours.first, chartColours.second, chartColours.third, chartColours.fourth] as const;

export function withVariables(svg: string): string {
  return Object.entries(chartColours).reduce(
    (text, [name, colour]) => text.replaceAll(new RegExp(`"${colour}"`, "gi"), `"var(--chart-${name},${colour})"`),
    svg,
  );
}
