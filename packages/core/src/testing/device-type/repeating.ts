import type { DeviceType } from "../../contracts/device-type.js";
import { promise, type BehaviourCheck } from "../conformance-check.js";
import { exampleInstance, valuesAt } from "./example-instance.js";

/** Nothing is kept between two calls. */
export function repeating(type: DeviceType): readonly BehaviourCheck[] {
  return [{ name: "writes the same elements every time and changes nothing", run: () => checkPurity(type) }];
}

function checkPurity(type: DeviceType): void {
  const frozen = exampleInstance(type, valuesAt(type, "default"));
  Object.freeze(frozen.values);
  Object.freeze(frozen.nodes);
  const first = JSON.stringify(type.toSpice(Object.freeze(frozen)));
  promise(first === JSON.stringify(type.toSpice(frozen)), "toSpice wrote different elements for the same instance");
}
