import type { DeviceType } from "../../contracts/device-type.js";
import { isDeckName } from "../../spice/name.js";
import { promise, type BehaviourCheck } from "../conformance-check.js";
import { exampleInstance, valuesAt } from "./example-instance.js";

/** Its own cards, and those of a user's library. */
export function modelCards(type: DeviceType): readonly BehaviourCheck[] {
  return [
    { name: "has well-formed model cards", run: () => checkModels(type) },
    { name: "takes a model from the user's library", run: () => checkReplacedModel(type) },
  ];
}

function checkModels(type: DeviceType): void {
  const names = type.models.map((model) => model.name);
  promise(new Set(names).size === names.length, `two model cards share a name: ${names.join(", ")}`);
  for (const model of type.models) {
    promise(isDeckName(model.name), `model name "${model.name}" must match [a-z][a-z0-9_]*`);
    for (const [parameter, value] of Object.entries(model.parameters)) {
      promise(/^[a-z][a-z0-9]*$/.test(parameter), `model "${model.name}": parameter "${parameter}" must be lower case`);
      promise(Number.isFinite(value), `model "${model.name}": ${parameter} is ${value}, which is not a finite number`);
    }
  }
}

/** Types with several cards choose among their own: one name from a library could not stand for all of them. */
function checkReplacedModel(type: DeviceType): void {
  if (type.models.length !== 1) return;
  const elements = type.toSpice({ ...exampleInstance(type, valuesAt(type, "default")), model: "from_library" });
  promise(
    elements.some((element) => element.model === "from_library"),
    "toSpice does not use the model that the instance names",
  );
}
