import type { Ladder } from "@topogenie/core";
import { dataTable } from "../html/data-table.js";
import { markup, type Html } from "../html/html.js";
import { formatCount, formatShare } from "../html/number-format.js";
import { absent, type Section } from "../html/page.js";

export const rungLabels: Readonly<Record<Ladder["rungs"][number]["name"], string>> = {
  decoded: "Decoded",
  structural: "Structural",
  simulatable: "Simulatable",
  unique: "Unique",
  novel: "Novel",
  functional: "Functional",
  "on-spec": "On spec",
};

const explanations: Readonly<Record<Ladder["rungs"][number]["name"], string>> = {
  decoded: "The sequence ended by itself and describes a circuit.",
  structural: "Every electrical rule holds: no floating pin, no undriven gate, no shorted supply.",
  simulatable: "With default sizes and bias, ngspice finds an operating point without floating or shorted nodes.",
  unique: "The first of its topology among the attempts; later copies do not count.",
  novel: "No circuit of the training corpus has the same topology, up to renaming and interchangeable pins.",
  functional: "Within the simulation budget, some sizing meets the family’s minimum function.",
  "on-spec": "Within the simulation budget, some sizing meets the whole specification.",
};

export function ladderSection(ladder: Ladder | undefined): Section {
  return {
    id: "ladder",
    title: "From attempts to circuits",
    body: ladder === undefined ? absent("verify", "ladder") : drawLadder(ladder),
  };
}

function drawLadder({ attempts, rungs }: Ladder): Html {
  return markup`<p>
      Each rung counts the attempts that passed it and every rung above it, out of all ${formatCount(attempts)} attempts. Nothing
      is resampled: an attempt that fails stays in the denominator. The pale band is the Wilson 95&nbsp;% interval.
    </p>
    <ol class="ladder">
      <li><span class="name">Attempts</span>${bar(1, 1, 1)}<span class="figure">${formatCount(attempts)}</span></li>
      ${rungs.map(({ name, passed, low, high }) => {
        const share = attempts === 0 ? 0 : passed / attempts;
        return markup`<li>
          <span class="name">${rungLabels[name]}</span>${bar(share, low, high)}<span class="figure"
            ><b>${formatShare(share)}</b> <small>${interval(low, high)}</small></span
          >
          <span class="why">${formatCount(passed)} of ${formatCount(attempts)}. ${explanations[name]}</span>
        </li> `;
      })}
    </ol> `;
}

export function interval(low: number, high: number): string {
  return `(${formatShare(low).replace("\u202f%", "")}–${formatShare(high)})`;
}

function bar(share: number, low: number, high: number): Html {
  const x = (value: number) => (Math.max(0, Math.min(1, value)) * 100).toFixed(2);
  return markup`<svg class="bar" viewBox="0 0 100 22" preserveAspectRatio="none" aria-hidden="true">
    <rect x="0" y="4" width="${x(share)}" height="14" fill="var(--bar)" />
    <rect x="${x(low)}" y="8" width="${(Number(x(high)) - Number(x(low))).toFixed(2)}" height="6" fill="var(--band)" />
  </svg>`;
}

/** Why attempts failed; left out while nothing has failed. */
export function failureSection(ladder: Ladder | undefined): Section | undefined {
  if (ladder === undefined || ladder.failures.length === 0) return undefined;
  const rows = ladder.failures.map(({ rung, reason, count, example }) => [
    rungLabels[rung],
    { content: reason },
    { content: formatCount(count), value: count },
    { content: formatShare(ladder.attempts === 0 ? 0 : count / ladder.attempts), value: count },
    { content: example },
  ]);
  return {
    id: "failures",
    title: "What failed, and why",
    body: dataTable(
      "Attempts by the first rung that they did not pass",
      [
        { title: "Failed at" },
        { title: "Reason" },
        { title: "Attempts", numeric: true },
        { title: "Of all", numeric: true },
        { title: "Example" },
      ],
      rows,
      { sortable: true },
    ),
  };
}
