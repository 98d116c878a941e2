import type { DeviceType, FamilySideBySide, SideResult } from "@topogenie/core";
import { dataTable, type Cell } from "./html/data-table.js";
import { markup, type Html } from "./html/html.js";
import { formatCount, formatQuantity, formatShare } from "./html/number-format.js";
import { page, type Section } from "./html/page.js";
import { sheet } from "./sections/circuit-sections.js";
import { isNumber } from "./sections/headline.js";
import { interval } from "./sections/ladder-section.js";

export interface SideBySideData {
  readonly tag: string;
  readonly seed: number;
  readonly families: readonly FamilySideBySide[];
  readonly deviceTypes: ReadonlyMap<string, DeviceType>;
}

/** The best generated beside the best human-designed circuit of each family, as one HTML file that needs no network. */
export async function renderSideBySide({ tag, seed, families, deviceTypes }: SideBySideData): Promise<string> {
  const sections: Section[] = [];
  let shown = 0;
  for (const family of families) {
    const sheets: Html[] = [];
    for (const circuit of family.sizing.circuits) sheets.push(await sheet(circuit, shown++, family.sizing, deviceTypes));
    sections.push(familySection(family, sheets));
  }
  return page(
    "Generated beside human-designed circuits",
    markup`<p class="note">Run <code>${tag}</code>, seed ${seed}</p>
      <p>
        Both sides of a family have the same number of candidates at most, drawn by chance, and the same optimizer, budgets, models,
        testbench and specification. The best of each side after screening is sized with the whole budget.
      </p>`,
    sections,
  );
}

function familySection({ sizing, sides, screening }: FamilySideBySide, sheets: readonly Html[]): Section {
  const merit = sizing.figureOfMerit;
  const figure = ({ best }: SideResult): Cell =>
    isNumber(best?.figureOfMerit)
      ? { content: formatQuantity(best.figureOfMerit, merit.unit), value: best.figureOfMerit }
      : { content: best === undefined ? "no circuit" : "not measured" };
  const verdict = ({ best }: SideResult): string => {
    if (best === undefined) return "–";
    return best.onSpec ? "on spec" : best.functional ? "functional" : "not functional";
  };
  const counted = ({ count, of, low, high }: SideResult["functional"]): Cell =>
    of === 0
      ? { content: "–" }
      : {
          content: markup`${count} of ${of} (${formatShare(count / of)}) <small>${interval(low, high)}</small>`,
          value: count / of,
        };
  return {
    id: `family-${sizing.family}`,
    title: sizing.family,
    body: markup`<p>
        ${sizing.conditions} ${merit.name} = ${merit.formula}${merit.unit === "" ? "" : markup` in ${merit.unit}`} (${merit.source}); ${merit.better} is better.
      </p>
      ${dataTable(
        `Sized by ${sizing.optimizer}: ${formatCount(screening)} simulations for each candidate, ${formatCount(sizing.budget)} for the best`,
        [
          { title: "Origin" },
          { title: "Topologies that fit", numeric: true },
          { title: "Functional when screened", numeric: true },
          { title: "On spec when screened", numeric: true },
          { title: "Best circuit" },
          { title: merit.name, numeric: true },
          { title: "It is" },
          ...sizing.measurements.map(({ title }) => ({ title, numeric: true })),
        ],
        sides.map((side) => [
          side.origin,
          { content: formatCount(side.fitting), value: side.fitting },
          counted(side.functional),
          counted(side.onSpec),
          side.best?.name ?? "–",
          figure(side),
          verdict(side),
          ...sizing.measurements.map(({ name, unit }): Cell => {
            const value = side.best?.measured[name];
            return isNumber(value) ? { content: formatQuantity(value, unit), value } : { content: "–" };
          }),
        ]),
      )}
      ${sheets}`,
  };
}
