import type { ReportData, SizedCircuit, SizingSummary } from "@topogenie/core";
import { type Cell, dataTable } from "../html/data-table.js";
import { markup, type Html, type HtmlValue, trusted } from "../html/html.js";
import { formatCount, formatQuantity } from "../html/number-format.js";
import { absent, type Section } from "../html/page.js";
import { frontAxes, frontChart } from "../plots/front-chart.js";
import { plotChart } from "../plots/plot-chart.js";
import { progressChart } from "../plots/progress-chart.js";
import { type Chart, renderChart } from "../plots/render-chart.js";
import { renderSchematic } from "../schematic/render-schematic.js";
import { isNumber } from "./headline.js";
import { bounds, measuredTable } from "./specification.js";

/** Circuits shown in full; all others stand in the table. */
const SHOWN = 10;

export async function bestCircuitsSection({ sizing, deviceTypes }: ReportData): Promise<Section> {
  const section = (body: Html): Section => ({ id: "circuits", title: "Best circuits", body });
  if (sizing === undefined) return section(absent("size", "sized circuit"));
  if (sizing.circuits.length === 0) return section(markup`<p class="absent">No circuit reached the sizing stage.</p>`);
  const shown = sizing.circuits.slice(0, SHOWN);
  const sheets: Html[] = [];
  for (const [index, circuit] of shown.entries()) sheets.push(await sheet(circuit, index, sizing, deviceTypes));
  const merit = sizing.figureOfMerit;
  return section(
    markup`<p>
        ${sizing.conditions} Each circuit was sized by ${sizing.optimizer} with a budget of ${formatCount(sizing.budget)}
        simulations, human-designed and generated ones alike. Figure of merit: ${merit.name} =
        ${merit.formula}${merit.unit === "" ? "" : markup` in ${merit.unit}`} (${merit.source}); ${merit.better} is better.
      </p>
      <ul>
        <li>Minimum function: ${described(sizing.minimumFunction, sizing)}</li>
        <li>Specification: ${described(sizing.specification, sizing)}</li>
      </ul>
      ${firstGuesses(sizing)}
      ${sizing.circuits.length > SHOWN ? markup`<p class="note">The best ${SHOWN} of ${formatCount(sizing.circuits.length)} are shown here; all are in the <a href="#sized">table</a>.</p>` : undefined}
      ${sheets}`,
  );
}

/** What beginning with biased transistors was worth, beside beginning at the default sizes. */
function firstGuesses({ firstGuess }: SizingSummary): Html | undefined {
  if (firstGuess === undefined) return undefined;
  const { circuits, unguessed, atDefault, atFirstGuess, atAnyGuess } = firstGuess;
  const share = (some: number): Cell => ({ content: `${some} of ${circuits}`, value: some });
  return markup`${dataTable(
    "Where the sizings of all screened circuits began",
    [{ title: "Start" }, { title: "Functional", numeric: true }, { title: "On spec", numeric: true }],
    [
      ["default sizes", share(atDefault.functional), share(atDefault.onSpec)],
      ["gm/ID first guess", share(atFirstGuess.functional), share(atFirstGuess.onSpec)],
      ["any gm/ID guess", share(atAnyGuess.functional), share(atAnyGuess.onSpec)],
    ],
  )}
  ${unguessed > 0 ? markup`<p class="note">No guess could be made for ${unguessed} of them; they count as not functional there.</p>` : undefined}`;
}

/** With several objectives: every sizing of the front. */
function frontTable(circuit: SizedCircuit, sizing: SizingSummary): Html | undefined {
  const { front = [] } = circuit;
  if (sizing.objectives.length < 2) return undefined;
  if (front.length === 0) return markup`<p class="absent">No sizing is on spec, so there is no Pareto front.</p>`;
  const axes = frontAxes(sizing);
  return dataTable(
    "Pareto front",
    axes.map(({ title }) => ({ title, numeric: true })),
    front.map((point) =>
      axes.map(({ read, unit }): Cell => {
        const value = read(point);
        return value === undefined ? { content: "not measured" } : { content: formatQuantity(value, unit), value };
      }),
    ),
    { sortable: true },
  );
}

function described(specification: SizingSummary["specification"], sizing: SizingSummary): HtmlValue {
  const listed = specification.constraints.map((constraint) => {
    const measurement = sizing.measurements.find(({ name }) => name === constraint.measurement);
    return `${measurement?.title ?? constraint.measurement} ${bounds(constraint, measurement?.unit ?? "")}`;
  });
  return markup`${specification.description}${listed.length === 0 ? "" : ` (${listed.join("; ")})`}`;
}

/** A circuit in full: schematic, figures, curves, sizes, netlist. */
export async function sheet(
  circuit: SizedCircuit,
  index: number,
  sizing: SizingSummary,
  deviceTypes: ReportData["deviceTypes"],
): Promise<Html> {
  const id = `circuit-${index + 1}`;
  const schematic = await renderSchematic(circuit.circuit, deviceTypes, { sizes: circuit.sizes, title: circuit.name });
  const charts = [
    ...circuit.plots.map(plotChart),
    progressChart([circuit], sizing.figureOfMerit),
    frontChart(circuit, frontAxes(sizing)),
  ].filter((chart) => chart !== undefined);
  const merit = isNumber(circuit.figureOfMerit)
    ? formatQuantity(circuit.figureOfMerit, sizing.figureOfMerit.unit)
    : "not measured";
  return markup`<article class="circuit" id="${id}">
    <h3>${index + 1}. ${circuit.name}</h3>
    <ul class="facts">
      <li>${circuit.origin}</li>
      <li>${circuit.novel ? "novel" : "known topology"}</li>
      <li><b>${merit}</b> ${sizing.figureOfMerit.name}</li>
      <li>${circuit.circuit.devices.length} devices</li>
      <li>${verdicts(circuit)}</li>
      <li>
        ${formatCount(circuit.simulations)}
        simulations${circuit.failedSimulations > 0 ? `, ${formatCount(circuit.failedSimulations)} of them failed` : ""}
      </li>
    </ul>
    <figure class="sheet">${trusted(schematic)}</figure>
    ${measuredTable(circuit, sizing)}
    <div class="figures">${charts.map((chart, at) => figure(`${id}-chart-${at + 1}`, chart))}</div>
    ${frontTable(circuit, sizing)}
    ${
      circuit.bias.length === 0
        ? undefined
        : dataTable(
            "Bias",
            [{ title: "Variable" }, { title: "Value", numeric: true }],
            circuit.bias.map(({ name, unit, value }) => [name, { content: formatQuantity(value, unit, 4), value }]),
          )
    }
    <details data-print>
      <summary>Sizes</summary>
      ${sizesTable(circuit)}
    </details>
    <details>
      <summary>Netlist for ngspice</summary>
      <p class="tools">
        <button type="button" data-copy="${id}-netlist" hidden>Copy</button>
        <a download="${fileName(circuit.name)}" href="${download(circuit.netlist)}">Download ${fileName(circuit.name)}</a>
      </p>
      <pre id="${id}-netlist">${circuit.netlist}</pre>
    </details>
  </article> `;
}

export function figure(id: string, chart: Chart): Html {
  return markup`<figure>
    ${trusted(renderChart(id, chart))}
    <figcaption>${chart.title}.</figcaption>
  </figure> `;
}

function verdicts({ functional, onSpec }: SizedCircuit): Html {
  const mark = (met: boolean, text: string) => markup`<span class="${met ? "pass" : "fail"}">${met ? "✓" : "✗"} ${text}</span>`;
  return markup`${mark(functional, "functional")} ${mark(onSpec, "on spec")}`;
}

/** One row a device, one column a parameter, in the order in which they are met. */
function sizesTable({ sizes }: SizedCircuit): Html {
  const parameters = [...new Set(sizes.map(({ parameter }) => parameter))];
  const devices = [...new Set(sizes.map(({ device }) => device))];
  const rows = devices.map((device): (Cell | string)[] => [
    device,
    ...parameters.map((parameter): Cell => {
      const size = sizes.find((one) => one.device === device && one.parameter === parameter);
      return size === undefined ? { content: "" } : { content: formatQuantity(size.value, size.unit), value: size.value };
    }),
  ]);
  return dataTable(
    "Sizes",
    [{ title: "Device" }, ...parameters.map((parameter) => ({ title: markup`<code>${parameter}</code>`, numeric: true }))],
    rows,
    { sortable: true },
  );
}

function fileName(name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60);
  return `${plain === "" ? "circuit" : plain}.cir`;
}

function download(netlist: string): string {
  return `data:text/plain;charset=utf-8;base64,${Buffer.from(netlist, "utf8").toString("base64")}`;
}

/** Everything that was sized, best first, to be sorted by any column. */
export function sizedTableSection(sizing: SizingSummary | undefined): Section | undefined {
  if (sizing === undefined || sizing.circuits.length === 0) return undefined;
  const merit = sizing.figureOfMerit;
  const rows = sizing.circuits.map((circuit, index): Cell[] => [
    { content: String(index + 1), value: index + 1 },
    { content: index < SHOWN ? markup`<a href="#circuit-${index + 1}">${circuit.name}</a>` : circuit.name },
    { content: circuit.origin },
    { content: circuit.novel ? "yes" : "no" },
    { content: String(circuit.circuit.devices.length), value: circuit.circuit.devices.length },
    isNumber(circuit.figureOfMerit)
      ? { content: formatQuantity(circuit.figureOfMerit, ""), value: circuit.figureOfMerit }
      : { content: "–" },
    ...sizing.measurements.map(({ name, unit }): Cell => {
      const value = circuit.measured[name];
      return isNumber(value) ? { content: formatQuantity(value, unit), value } : { content: "–" };
    }),
    { content: circuit.functional ? "yes" : "no" },
    { content: circuit.onSpec ? "yes" : "no" },
    { content: formatCount(circuit.simulations), value: circuit.simulations },
  ]);
  return {
    id: "sized",
    title: "All sized circuits",
    body: dataTable(
      "Best first; the headings sort",
      [
        { title: "#", numeric: true },
        { title: "Circuit" },
        { title: "Origin" },
        { title: "Novel" },
        { title: "Devices", numeric: true },
        { title: merit.unit === "" ? merit.name : `${merit.name} (${merit.unit})`, numeric: true },
        ...sizing.measurements.map(({ title }) => ({ title, numeric: true })),
        { title: "Functional" },
        { title: "On spec" },
        { title: "Simulations", numeric: true },
      ],
      rows,
      { sortable: true },
    ),
  };
}

/** The best circuits' progress side by side. */
export function comparedProgress(sizing: SizingSummary): Chart | undefined {
  return progressChart(sizing.circuits.slice(0, 4), sizing.figureOfMerit);
}
