import type { CircuitFamily } from "../../contracts/circuit-family.js";
import { promise, type BehaviourCheck } from "../conformance-check.js";

/** One number for how good a circuit is. */
export function figureOfMerit(family: CircuitFamily): readonly BehaviourCheck[] {
  return [
    {
      name: "has a figure of merit that is NaN when nothing was measured",
      run: () => promise(Number.isNaN(family.figureOfMerit.evaluate({})), "figureOfMerit.evaluate({}) must be NaN"),
    },
  ];
}
