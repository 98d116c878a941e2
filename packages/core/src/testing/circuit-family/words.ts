import type { CircuitFamily } from "../../contracts/circuit-family.js";
import { promise, type BehaviourCheck } from "../conformance-check.js";

/** People read what a figure means and where it holds. */
export function words(family: CircuitFamily): readonly BehaviourCheck[] {
  return [{ name: "says what it is and under which conditions its figures hold", run: () => checkWords(family) }];
}

function checkWords(family: CircuitFamily): void {
  promise(/^[a-z][a-z0-9-]*$/.test(family.name), `name "${family.name}" must be lower case letters, digits and hyphens`);
  for (const [what, text] of [
    ["title", family.title],
    ["conditions", family.conditions],
    ["figureOfMerit.formula", family.figureOfMerit.formula],
    ["figureOfMerit.source", family.figureOfMerit.source],
    ["minimumFunction.description", family.minimumFunction.description],
    ["specification.description", family.specification.description],
    ...family.measurements.map(({ name, method }) => [`measurement "${name}": method`, method] as const),
  ] as const) {
    promise(text.trim() !== "", `${what} is empty`);
  }
}
