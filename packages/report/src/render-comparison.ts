import type { ComparisonSummary, OptimizerOnProblem, ProblemSummary, Quartiles } from "@topogenie/core";
import { dataTable, type Cell } from "./html/data-table.js";
import { markup, trusted, type Html } from "./html/html.js";
import { formatCount, formatNumber } from "./html/number-format.js";
import { page, type Section } from "./html/page.js";
import { comparedFigure, comparedViolation } from "./plots/comparison-chart.js";
import { renderChart } from "./plots/render-chart.js";

/** A comparison of sizing optimizers as one HTML file that needs no network. The same summary gives the same bytes. */
export function renderComparison(summary: ComparisonSummary): string {
  return page(
    "Comparison of sizing optimizers",
    markup`<p class="note">Run <code>${summary.tag}</code>, seed ${summary.seed}: ${summary.problems.length} problems, ${summary.repeats} repeats, ${formatCount(summary.simulations)} simulations each${summary.problems.some(({ optimizers }) => optimizers.some(({ budget }) => budget < summary.simulations)) ? " at most" : ""}</p>`,
    [overall(summary), ...summary.problems.map((problem, index) => problemSection(problem, index, summary))],
  );
}

function overall(summary: ComparisonSummary): Section {
  const rows = summary.optimizers.map((row): (Cell | string)[] => [
    row.optimizer,
    number(row.meanRank),
    count(row.onSpec, row.trials),
    count(row.functional, row.trials),
    row.speedup === 0
      ? { content: "not reached", value: 0 }
      : { content: `${formatNumber(row.speedup)} times`, value: row.speedup },
  ]);
  return {
    id: "overall",
    title: "Over all problems",
    body: markup`${dataTable(
      "Optimizers over all problems",
      [
        { title: "Optimizer" },
        { title: "Mean rank", numeric: true },
        { title: "On spec", numeric: true },
        { title: "Functional", numeric: true },
        { title: `As good as ${summary.baseline}`, numeric: true },
      ],
      rows,
      { sortable: true },
    )}
      <p class="note">
        Rank 1 is the best of a problem, by the median of its final results: a sizing is better when it is less far off the
        specification, and of those equally far (none, where both are on spec) when its figure of merit is better. The last column
        says how many times fewer simulations suffice for the median result that ${summary.baseline} has after
        ${formatCount(summary.simulations)}: the median over the problems; a problem where the median trial does not reach it counts as none.
        Trials that found nothing stand in every figure as the worst.
      </p>`,
  };
}

function problemSection(problem: ProblemSummary, index: number, summary: ComparisonSummary): Section {
  const { figureOfMerit, optimizers } = problem;
  const violation = comparedViolation(problem);
  const merit = comparedFigure(problem);
  const unit = figureOfMerit.unit === "" ? "" : ` [${figureOfMerit.unit}]`;
  return {
    id: `problem-${index + 1}`,
    title: problem.problem,
    body: markup`<p>Circuit ${problem.circuit} of the family ${problem.family}, ${problem.variables} design variables; ${figureOfMerit.name}: ${figureOfMerit.better} is better.</p>
      ${violation === undefined ? markup`<p class="absent">No sizing of any optimizer could be simulated.</p>` : figure(`problem-${index + 1}-violation`, violation)}
      ${merit === undefined ? markup`<p class="absent">No optimizer came to the specification in half of its repeats.</p>` : figure(`problem-${index + 1}-figure`, merit)}
      ${dataTable(
        `Optimizers on ${problem.problem}`,
        [
          { title: "Optimizer" },
          { title: "Budget", numeric: true },
          { title: "Rank", numeric: true },
          { title: `${figureOfMerit.name}${unit}`, numeric: true },
          { title: "On spec", numeric: true },
          { title: "Functional", numeric: true },
          { title: "Simulations to spec", numeric: true },
          { title: `Simulations to ${summary.baseline}'s result`, numeric: true },
          { title: `p against ${summary.baseline}`, numeric: true },
        ],
        optimizers.map((row) => problemRow(row)),
        { sortable: true },
      )}
      <p class="note">Medians over ${summary.repeats} repeats, quartiles in brackets; p: rank test of Mann and Whitney, two-sided, exact.</p>`,
  };
}

function problemRow(row: OptimizerOnProblem): (Cell | string)[] {
  return [
    row.optimizer,
    { content: formatCount(row.budget), value: row.budget },
    number(row.rank),
    spread(row.figureOfMerit, (value) => formatNumber(value)),
    count(row.onSpec, row.trials),
    count(row.functional, row.trials),
    spread(row.simulationsToSpec, simulations),
    spread(row.simulationsToBaseline, simulations),
    row.probability === undefined ? "" : { content: formatNumber(row.probability, 2), value: row.probability },
  ];
}

function figure(id: string, chart: Parameters<typeof renderChart>[1]): Html {
  return markup`<figure>${trusted(renderChart(id, chart))}<figcaption>${chart.title}</figcaption></figure>`;
}

function number(value: number): Cell {
  return { content: formatNumber(value), value };
}

function count(some: number, all: number): Cell {
  return { content: `${some} of ${all}`, value: some };
}

function simulations(value: number): string {
  return Number.isFinite(value) ? formatCount(value) : "not reached";
}

function spread({ lower, median, upper }: Quartiles, format: (value: number) => string): Cell {
  const texts = [lower, median, upper].map((value) => format(value));
  const same = new Set(texts).size === 1;
  return { content: same ? texts[1] : `${texts[1] ?? ""} (${texts[0] ?? ""} to ${texts[2] ?? ""})`, value: median };
}
