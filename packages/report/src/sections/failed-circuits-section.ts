import { Circuit, misbiased, type DeviceType, type EvaluatedAttempt, type EvaluationSummary } from "@topogenie/core";
import { markup, trusted, type Html } from "../html/html.js";
import { formatCount } from "../html/number-format.js";
import type { Section } from "../html/page.js";
import { renderSchematic } from "../schematic/render-schematic.js";
import { rungLabels } from "./ladder-section.js";

/** For each rung the most frequent reasons, each with a circuit. */
const REASONS_SHOWN = 3;

/** Pictures of what failed at each rung, with why. */
export async function failedCircuitsSection(
  { ladder }: EvaluationSummary,
  attempts: readonly EvaluatedAttempt[],
  deviceTypes: ReadonlyMap<string, DeviceType>,
): Promise<Section | undefined> {
  const parts: Html[] = [];
  for (const { name: rung } of ladder.rungs) {
    const reasons = ladder.failures.filter((failure) => failure.rung === rung);
    if (reasons.length === 0) continue;
    const shown: Html[] = [];
    for (const { reason, count } of reasons.slice(0, REASONS_SHOWN)) {
      const failed = attempts.filter((attempt) => attempt.failed?.rung === rung && attempt.failed.reason === reason);
      const example = failed.find((attempt) => canBeDrawn(attempt, deviceTypes)) ?? failed[0];
      if (example !== undefined) shown.push(await failedCircuit(example, count, deviceTypes));
    }
    const left = reasons.length - shown.length;
    parts.push(
      markup`<h3>${rungLabels[rung]}</h3>
        ${shown}${left > 0 ? markup`<p class="note">and ${formatCount(left)} rarer reasons.</p>` : undefined}`,
    );
  }
  return parts.length === 0 ? undefined : { id: "failed-circuits", title: "Circuits that failed", body: markup`${parts}` };
}

async function failedCircuit(
  attempt: EvaluatedAttempt,
  count: number,
  deviceTypes: ReadonlyMap<string, DeviceType>,
): Promise<Html> {
  const picture = await pictureOf(attempt, deviceTypes);
  const biased = misbiased(attempt, deviceTypes);
  return markup`<article class="circuit">
    <h4>${attempt.failed?.reason ?? ""} <small>(${formatCount(count)} attempts)</small></h4>
    <p>
      ${attempt.name}: ${attempt.failed?.message ?? ""}
      ${
        attempt.nearest === undefined
          ? undefined
          : markup`<small>Nearest training circuit: ${attempt.nearest.circuit}, distance ${attempt.nearest.distance.toFixed(2)}.</small>`
      }
    </p>
    ${picture}
    ${
      biased.length === 0
        ? undefined
        : markup`<ul>
            ${biased.map(({ device, region, role }) => markup`<li><b>${device}</b> is ${region === "off" ? "off" : "in triode"}: ${role}</li>`)}
          </ul>`
    }
  </article> `;
}

async function pictureOf(attempt: EvaluatedAttempt, deviceTypes: ReadonlyMap<string, DeviceType>): Promise<Html> {
  if (attempt.circuit === undefined || !canBeDrawn(attempt, deviceTypes))
    return markup`<p class="absent">There is no whole circuit to draw.</p>`;
  const schematic = await renderSchematic(new Circuit(attempt.circuit), deviceTypes, { title: attempt.name });
  return markup`<figure class="sheet">${trusted(schematic)}</figure>`;
}

function canBeDrawn({ circuit }: EvaluatedAttempt, deviceTypes: ReadonlyMap<string, DeviceType>): boolean {
  const isWhole = circuit?.devices.every(
    ({ type, nets }) => deviceTypes.get(type)?.pins.length === nets.length && !nets.includes(""),
  );
  return isWhole === true;
}
