import type { Discrepancies, EvaluationSummary, Ladder, Share } from "@topogenie/core";
import { dataTable, type Cell } from "../html/data-table.js";
import { markup } from "../html/html.js";
import { formatCount, formatNumber, formatShare } from "../html/number-format.js";
import type { Section } from "../html/page.js";
import { deviceCountChart } from "../plots/device-count-chart.js";
import { figure } from "./circuit-sections.js";
import { interval, rungLabels } from "./ladder-section.js";

/** What the attempts show of the ways in which generators are known to fail. */
export function findingsSection({ findings }: EvaluationSummary): Section {
  return {
    id: "findings",
    title: "Diagnosis",
    body:
      findings.length === 0
        ? markup`<p>None of the known signatures of failure was found: the generator does not repeat its training circuits, its circuits are not idle once sized, and larger ones are not worse.</p>`
        : markup`${findings.map(
            ({ signature, text, examples }) =>
              markup`<h3>${heading[signature]}</h3>
                <p>${text}</p>
                <ul>
                  ${examples.map((example) => markup`<li>${example}</li>`)}
                </ul>`,
          )}`,
  };
}

const heading: Readonly<Record<EvaluationSummary["findings"][number]["signature"], string>> = {
  memorised: "Memorised",
  "poor figures": "Simulatable, but of no use",
  "no growth": "Does not grow",
};

/** The ladder of each family, and of all together. */
export function familiesSection({ families, ladder }: EvaluationSummary): Section {
  const row = (title: string, { attempts, rungs }: Ladder): (Cell | string)[] => [
    title,
    { content: formatCount(attempts), value: attempts },
    ...rungs.map(({ passed, low, high }) => ({
      content: markup`${formatCount(passed)} <small>${interval(low, high)}</small>`,
      value: passed,
    })),
  ];
  return {
    id: "families",
    title: "By family",
    body: dataTable(
      "Attempts that passed each rung and all above it, with the Wilson 95 % interval of their share of the family's attempts",
      [
        { title: "Family" },
        { title: "Attempts", numeric: true },
        ...ladder.rungs.map(({ name }) => ({ title: rungLabels[name], numeric: true })),
      ],
      [...families.map(({ family, ladder: own }) => row(family, own)), row("All", ladder)],
      { sortable: true },
    ),
  };
}

function shareRow(title: string, { count, of, low, high }: Share, note: string): (Cell | string)[] {
  return [
    title,
    { content: `${formatCount(count)} of ${formatCount(of)}`, value: count },
    of === 0 ? "" : { content: markup`${formatShare(count / of)} <small>${interval(low, high)}</small>`, value: count / of },
    note,
  ];
}

/** AnalogToBi's measures under their own names, so that they can be set beside what was published. */
export function publishedSection({ analogToBi, typeAccuracy }: EvaluationSummary): Section {
  const rows = [
    shareRow("Electrical-rule validity", analogToBi.validity, "decodes, every pin on one net, every internal net on two devices"),
    ...("novelty" in analogToBi
      ? [
          shareRow("Novelty", analogToBi.novelty, "not isomorphic to a training circuit; what does not decode counts as novel"),
          shareRow("Valid and novel", analogToBi.validAndNovel, "both, of all attempts"),
          shareRow(
            "Novelty given valid",
            analogToBi.noveltyGivenValid,
            "of the valid ones; copies among them are not looked for",
          ),
        ]
      : []),
    ...(typeAccuracy === undefined
      ? []
      : [shareRow("Type accuracy", typeAccuracy, "recognised as what was asked for; attempts without a circuit are wrong")]),
  ];
  return {
    id: "published",
    title: "AnalogToBi's measures",
    body: markup`<p>
        Isomorphism here drops the numbers of devices and internal nets and keeps ports as they are; drain and source cannot be
        exchanged. These measures are weaker than the ladder: they simulate nothing and count copies.
      </p>
      ${dataTable("Measures", [{ title: "Measure" }, { title: "Attempts", numeric: true }, { title: "Share", numeric: true }, { title: "What it counts" }], rows)}`,
  };
}

/** How many devices circuits have, and whether large ones work. */
export function sizesSection({ sizes, sizeThreshold, ladder }: EvaluationSummary): Section | undefined {
  if (sizes.length === 0) return undefined;
  const chart = deviceCountChart(ladder.deviceCounts, []);
  const rows = sizes.map(({ from, to, simulatable: { count, of, low, high } }): Cell[] => [
    { content: `${from} to ${to}`, value: from },
    { content: formatCount(of), value: of },
    { content: markup`${formatShare(count / of)} <small>${interval(low, high)}</small>`, value: count / of },
  ]);
  return {
    id: "sizes",
    title: "Validity by size",
    body: markup`${chart === undefined ? undefined : figure("device-counts", chart)}
      ${dataTable("Circuits that are simulatable, of those of a size that decoded", [{ title: "Devices" }, { title: "Circuits", numeric: true }, { title: "Simulatable", numeric: true }], rows, { sortable: true })}
      <p class="note">
        ${
          sizeThreshold === undefined
            ? "There is no size from which on circuits are surely worse."
            : `From ${sizeThreshold.devices} devices on circuits are worse: ${sizeThreshold.fromThere.count} of ${sizeThreshold.fromThere.of} simulatable, of smaller ones ${sizeThreshold.below.count} of ${sizeThreshold.below.of}.`
        }
      </p>`,
  };
}

/** How near the circuits are to those of the corpus, one by one and as a collection. */
export function likenessSection({ nearest, discrepancy }: EvaluationSummary): Section | undefined {
  if (nearest === undefined && discrepancy === undefined) return undefined;
  const row = (title: string, { degree, clustering, deviceCount }: Discrepancies): (Cell | string)[] => [
    title,
    ...[degree, clustering, deviceCount].map((value) => ({ content: formatNumber(value), value })),
  ];
  return {
    id: "likeness",
    title: "Likeness to the corpus",
    body: markup`${
      nearest === undefined
        ? undefined
        : markup`<p>
            The simulatable circuits' distance to the nearest training circuit is ${formatNumber(nearest.median, 2)} (half of them lie between
            ${formatNumber(nearest.lower, 2)} and ${formatNumber(nearest.upper, 2)}); 0: the same neighbourhoods of three steps, 1: nothing in common.
          </p>`
    }
    ${
      discrepancy === undefined
        ? undefined
        : markup`${dataTable(
            `Discrepancy to ${formatCount(discrepancy.circuits)} ${discrepancy.reference}`,
            [
              { title: "Circuits" },
              { title: "Degree", numeric: true },
              { title: "Clustering", numeric: true },
              { title: "Device count", numeric: true },
            ],
            [
              row("generated", discrepancy.generated),
              ...(discrepancy.training === undefined ? [] : [row("training circuits", discrepancy.training)]),
            ],
          )}
            <p class="note">${discrepancy.method}.</p>`
    }`,
  };
}
