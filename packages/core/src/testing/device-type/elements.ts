import { elementKinds, type DeckElement } from "../../contracts/deck.js";
import type { DeviceInstance, DeviceType } from "../../contracts/device-type.js";
import { isDeckName } from "../../spice/name.js";
import { promise, type BehaviourCheck } from "../conformance-check.js";
import { exampleInstance, ownName, valuesAt } from "./example-instance.js";

/** What it writes into a deck. */
export function elements(type: DeviceType): readonly BehaviourCheck[] {
  return [
    { name: "writes well-formed elements at default, smallest and largest values", run: () => checkElements(type) },
    { name: "uses every pin, parameter and model card that it declares", run: () => checkUse(type) },
  ];
}

function checkElements(type: DeviceType): void {
  for (const values of [valuesAt(type, "default"), valuesAt(type, "minimum"), valuesAt(type, "maximum")]) {
    const instance = exampleInstance(type, values);
    const elements = type.toSpice(instance);
    promise(elements.length > 0, "toSpice wrote no element");
    const only = elements.length === 1 ? elements[0] : undefined;
    const letter = only === undefined ? "x" : elementKinds[only.kind].letter;
    promise(letter === type.spiceLetter, `spiceLetter is "${type.spiceLetter}", but toSpice writes what SPICE calls "${letter}"`);
    const names = elements.map((element) => element.name);
    promise(new Set(names).size === names.length, `element names repeat: ${names.join(", ")}`);
    for (const element of elements) checkElement(type, element, instance);
  }
}

function checkElement(type: DeviceType, element: DeckElement, instance: DeviceInstance): void {
  const kind = elementKinds[element.kind];
  const says = `element "${element.name}" (${element.kind})`;
  promise(isDeckName(element.name), `${says}: the name must match [a-z][a-z0-9_]*`);
  promise(ownName(element.name, instance), `${says}: the name must begin with the instance's, ${instance.name}`);
  promise(element.nodes.length === kind.nodes, `${says} has ${element.nodes.length} nodes and needs ${kind.nodes}`);
  for (const node of element.nodes) {
    const outside = [...instance.nodes, instance.supply, instance.ground].includes(node);
    promise(
      outside || (isDeckName(node) && ownName(node, instance)),
      `${says}: node "${node}" is neither the instance's nor begins with its name`,
    );
  }
  for (const [name, value] of Object.entries(element.values)) {
    promise((kind.values as readonly string[]).includes(name), `${says}: a ${element.kind} has no value "${name}"`);
    promise(Number.isFinite(value), `${says}: ${name} is ${value}, which is not a finite number`);
  }
  promise((element.model !== undefined) === kind.model, `${says} ${kind.model ? "needs a" : "takes no"} model`);
  promise(
    element.model === undefined || type.models.some((model) => model.name === element.model),
    `${says}: model "${element.model ?? ""}" is not among the device type's models`,
  );
}

function checkUse(type: DeviceType): void {
  const values = valuesAt(type, "default");
  const instance = exampleInstance(type, values);
  const elements = type.toSpice(instance);
  type.pins.forEach((pin, index) => {
    const node = instance.nodes[index] ?? "";
    promise(
      elements.some((element) => element.nodes.includes(node)),
      `pin "${pin.name}" is joined to no element`,
    );
  });
  for (const model of type.models) {
    promise(
      elements.some((element) => element.model === model.name),
      `model "${model.name}" is declared and never used`,
    );
  }
  for (const { name, minimum } of type.parameters) {
    // Twice the minimum, since bounds may be equal: such a parameter is read from netlists and never sized.
    const [once, twice] = [minimum, 2 * minimum + (minimum === 0 ? 1 : 0)].map((value) =>
      JSON.stringify(type.toSpice(exampleInstance(type, { ...values, [name]: value }))),
    );
    promise(once !== twice, `parameter "${name}" changes nothing in the deck`);
  }
}
